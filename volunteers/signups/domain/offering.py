"""Free places go to the first in line who still fits, with a time to answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import Scope, acting_as
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.rules.summary import rules_for
from volunteers.activities.models import Shift
from volunteers.signups.domain.answering import end_sign_up, locked_sign_up
from volunteers.signups.domain.asking import hold_queue
from volunteers.signups.domain.fitting import misfit_of
from volunteers.signups.models import SignUp, SignUpState
from volunteers.signups.rules import ANSWER_HOURS

__all__ = ["offer_places", "remove_sign_up"]


@transaction.atomic
def remove_sign_up(signup: SignUp, *, actor: Actor, reason: str) -> SignUp:
    """The organiser takes somebody off the list, who reads why.

    Raises `Refusal` without a reason, and for a sign-up that has ended.
    """
    actor.must("activities.write")
    missing = _("Say why: the volunteer reads it.")
    reason = text_given(reason, field="reason", most=200, missing=missing)
    locked = locked_sign_up(signup)
    return end_sign_up(locked, SignUpState.REMOVED, at=timezone.now(), reason=reason)


def offer_places() -> int:
    """Ends offers that nobody took up and offers every free place to who is next; how many.

    Opens a scope for each shift, so that one that fails keeps no other from its turn, and running
    twice at once offers nothing twice.
    """
    with acting_as(Scope.for_job("looking for free places")):
        now = timezone.now()
        lapsed = SignUp.objects.expired_at(now).values("shift_id")
        waited_for = Shift.objects.open_at(now).with_free_places_waited_for()
        shifts = {row["shift_id"] for row in lapsed} | {shift.pk for shift in waited_for}
    return sum(_offer_in(pk) for pk in sorted(shifts))


def _offer_in(shift_id: int) -> int:
    with acting_as(Scope.for_job("offering free places")):
        shift = Shift.objects.select_related("activity__committee").get(pk=shift_id)
        hold_queue(shift)
        shift.refresh_from_db(fields=["taken", "waiting"])
        now = timezone.now()
        for late in SignUp.objects.filter(shift=shift).expired_at(now):
            end_sign_up(late, SignUpState.LAPSED, at=now)
            shift.taken -= 1
        return _offered(shift, now)


def _offered(shift: Shift, now: datetime) -> int:
    """Offers what is free; whoever does not fit any more leaves the line with the reason."""
    if shift.activity.state != "published" or shift.starts_at <= now:
        return 0
    answer = timedelta(hours=rules_for(shift.committee_id)[ANSWER_HOURS])
    offers = 0
    waiting = SignUp.objects.filter(shift=shift).waiting_in_order().select_related("volunteer")
    for next_one in waiting:
        if offers == shift.free:
            break
        if misfit := misfit_of(next_one.volunteer, shift, at=now):
            end_sign_up(next_one, SignUpState.REMOVED, at=now, reason=misfit.sentence)
            continue
        next_one.state = SignUpState.OFFERED
        next_one.offered_until = min(now + answer, shift.starts_at)
        next_one.save(update_fields=["state", "offered_until"])
        offers += 1
    return offers
