"""Whom a code or a number typed at the door means."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from volunteers.activities.models import Shift
from volunteers.checkins.summary.codes import signup_of_code
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["signup_at_door"]

# Fewer digits would name several people of any larger shift, and be guessed too easily.
_TAIL = 4


def signup_at_door(shift: Shift, text: str) -> SignUp:
    """Who of those with a place is meant: by own code, portal number or end of the telephone.

    Volunteers of other committees are found by code and portal number, since their telephone is
    out of the committee's sight. Raises `Refusal` where nobody or more than one is meant.
    """
    text = text.strip()
    placed = SignUp.objects.with_calls().filter(shift=shift, state=SignUpState.PLACED)
    if "." in text:
        found = placed.filter(pk=signup_of_code(text) or 0)
    elif len(text) == _TAIL and text.isdigit():
        found = placed.filter(volunteer__phone_tail=text[::-1])
    elif len(text) > _TAIL and text.isdigit():
        found = placed.filter(volunteer_number=text)
    else:
        message = _("Type the last four digits of the telephone, or the portal number.")
        raise Refusal(message, code="unreadable", field="text")
    people = list(found[:2])
    if not people:
        message = _("Nobody with a place in this shift has that number. Ask the organiser.")
        raise Refusal(message, code="unknown", field="text")
    if len(people) > 1:
        message = _("Several people have these digits. Type the portal number.")
        raise Refusal(message, code="several", field="text")
    return people[0]
