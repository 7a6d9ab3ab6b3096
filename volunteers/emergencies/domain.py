"""Saying whom to call, and calling."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.crypto.masks import mask_phone
from core.crypto.sealing import seal, unseal
from core.identity.names import normalize_name
from core.web.labels import label_of
from core.web.moments import moment_text
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.emergencies.models import EmergencyContact, Relation, phone_context
from volunteers.registry.domain.rules import phone_given
from volunteers.registry.models import identity_context
from volunteers.signups.models import SignUp

__all__ = ["ToCall", "drop_contact", "own_contact", "say_contact", "show_contact"]

_MOST = 200


@dataclass(frozen=True, slots=True)
class ToCall:
    """Whom to call for somebody: name, what they are to each other in words, stored telephone."""

    name: str
    relation: str
    phone: str


def own_contact(actor: Actor) -> EmergencyContact | None:
    """What the volunteer has said."""
    return EmergencyContact.objects.filter(volunteer=actor.scope.volunteer).first()


@transaction.atomic
def say_contact(*, actor: Actor, name: str, relation: str, phone: str) -> EmergencyContact:
    """Puts a contact in the place of what was said before.

    Raises `Refusal` without a name, and for a telephone that nobody can dial.
    """
    actor.must("own.edit")
    person = actor.scope.volunteer or 0
    missing = _("Say whom to call.")
    said = text_given(normalize_name(name), field="name", most=50, missing=missing)
    number = phone_given(phone)
    given = {
        "name": said,
        "relation": Relation(relation),
        "phone_sealed": seal(number, context=phone_context(person)),
        "phone_mask": mask_phone(number),
    }
    contact, _made = EmergencyContact.objects.update_or_create(volunteer_id=person, defaults=given)
    return contact


@transaction.atomic
def drop_contact(*, actor: Actor) -> None:
    """Takes away what was said."""
    actor.must("own.edit")
    EmergencyContact.objects.filter(volunteer=actor.scope.volunteer).delete()


@transaction.atomic
def show_contact(signup: SignUp, *, actor: Actor) -> ToCall:
    """Whom to call for somebody with a place; of a minor without a contact, the guardian.

    From two hours before the shift until a day after it, children too: it is for what happens
    there. The person reads who looked. Raises `Refusal` at any other time, and where nobody is
    named.
    """
    actor.must("activities.phone")
    said = _("emergency at: {title}, {when}").format(
        title=signup.activity.title, when=moment_text(signup.shift.starts_at)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT volunteer, name, relation, sealed FROM volunteers_emergency_of_signup"
            "(%s, %s, %s)",
            [signup.pk, said[:_MOST], actor.label],
        )
        found = cursor.fetchone()
    if found is None:
        message = _("Emergency contacts are shown from two hours before the shift to a day after.")
        raise Refusal(message, code="not_now")
    volunteer, name, relation, sealed = found
    if sealed is None:
        message = _("{name} has named nobody. Call the committee that registered the person.")
        raise Refusal(message.format(name=signup.volunteer_name), code="nobody")
    if relation == "":
        context = identity_context(volunteer, "guardian_phone_sealed")
        return ToCall(name, _("guardian"), unseal(bytes(sealed), context=context))
    number = unseal(bytes(sealed), context=phone_context(volunteer))
    return ToCall(name, label_of(Relation, relation), number)
