"""An organiser calls somebody who comes: the number in full, and the look on record with it."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.crypto.sealing import unseal
from core.web.moments import moment_text
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.registry.models import identity_context
from volunteers.signups.models import SignUp

__all__ = ["show_phone"]

_MOST = 200


@transaction.atomic
def show_phone(signup: SignUp, *, actor: Actor) -> str:
    """The telephone of who stands on the list, in its stored form; the person reads who looked.

    From signing up until a week after the shift, while the activity is not settled. Raises
    `Refusal` at any other time, and for who is under 18: that look a second person approves.
    """
    actor.must("activities.phone")
    said = _("to call as organiser: {title}, {when}").format(
        title=signup.activity.title, when=moment_text(signup.shift.starts_at)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT volunteer, sealed, is_minor FROM volunteers_phone_of_signup(%s, %s, %s)",
            [signup.pk, said[:_MOST], actor.label],
        )
        found = cursor.fetchone()
    if found is None:
        message = _("The telephone is shown to organisers until a week after the shift.")
        raise Refusal(message, code="not_now")
    volunteer, sealed, is_minor = found
    if is_minor:
        message = _(
            "{name} is under 18: ask for the number on the person's page; a secretary approves it."
        )
        raise Refusal(message.format(name=signup.volunteer_name), code="minor")
    return unseal(bytes(sealed), context=identity_context(volunteer, "phone_sealed"))
