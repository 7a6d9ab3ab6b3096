"""One's own telephone: changed at once when a code to the new one is right.

Runs in the scope of `scope_of_person`.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.messages.codes import Asked, ask_code, redeem_code
from core.tenancy.scope import because
from organizations.accounts.actors import Actor
from volunteers.privacy.domain.persons import locked_entry
from volunteers.registry.domain.rules import phone_given
from volunteers.registry.domain.sealing import set_phone
from volunteers.registry.models import Volunteer, VolunteerIdentity

__all__ = ["ask_phone_code", "change_own_phone"]

_PURPOSE = "phone"


def ask_phone_code(phone: str, *, actor: Actor, address: str) -> tuple[UUID, str]:
    """Sends a code to the new telephone; the code's key, and the number in its stored form.

    Raises `Refusal` for what nobody can dial, and when it was asked too often.
    """
    actor.must("own.view")
    stored = phone_given(phone)
    code = ask_code(
        Asked(
            purpose=_PURPOSE,
            subject=str(actor.scope.volunteer),
            address=address,
            text=_("{code} is your code for this new telephone. It holds 10 minutes."),
            target=actor.scope.volunteer,
            phone=stored,
        )
    )
    return code.pk, stored


@transaction.atomic
def change_own_phone(code_id: UUID, digits: str, *, phone: str, actor: Actor) -> Volunteer | None:
    """The entry with its new telephone; None for a wrong code, which counts as a try."""
    actor.must("own.view")
    code = redeem_code(code_id, digits, purpose=_PURPOSE)
    if code is None or code.target != actor.scope.volunteer:
        return None
    volunteer = locked_entry(actor.scope.volunteer)
    identity = VolunteerIdentity.objects.select_for_update().get(pk=volunteer.pk)
    set_phone(volunteer, identity, phone)
    identity.save()
    with because(_("new telephone, proven by a code")):
        volunteer.save(update_fields=["phone_mask"])
    return volunteer
