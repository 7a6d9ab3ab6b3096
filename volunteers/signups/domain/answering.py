"""What a volunteer does with a sign-up: withdraw, take an offered place, leave it to the next."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.activities.models import ActivityChange, Shift
from volunteers.signups.domain.asking import hold_queue
from volunteers.signups.models import SignUp, SignUpState

__all__ = [
    "answer_offer",
    "changed_since",
    "end_sign_up",
    "locked_sign_up",
    "must_have_place",
    "needs_reason",
    "withdraw",
]


def needs_reason(shift: Shift, *, at: datetime) -> bool:
    """Whether it is so late that who withdraws from a place says why."""
    return at > shift.starts_at - timedelta(hours=shift.activity.withdrawal_hours)


def changed_since(signup: SignUp) -> bool:
    """Whether what the person signed up for is another thing now: who leaves needs no reason."""
    changes = ActivityChange.objects.of_shift(signup.shift_id, signup.activity_id)
    return changes.filter(changed_at__gt=signup.asked_at).exists()


@transaction.atomic
def withdraw(signup: SignUp, *, actor: Actor, reason: str = "") -> SignUp:
    """Gives up a place, an offer or a place in line; who comes again stands at the end.

    Raises `Refusal` once the shift has begun, for what has ended already, and where a place is
    given up after the activity's deadline without a reason, unless something was changed since.
    """
    actor.must("own.signup")
    locked = locked_sign_up(signup)
    now = timezone.now()
    if locked.shift.starts_at <= now:
        message = _("The shift has begun. Call the responsible person.")
        raise Refusal(message, code="begun")
    is_late = locked.state == SignUpState.PLACED and needs_reason(locked.shift, at=now)
    if is_late and not changed_since(locked):
        missing = _("It is soon: say why, so that the organiser can find somebody else.")
        reason = text_given(reason, field="reason", most=200, missing=missing)
    return end_sign_up(locked, SignUpState.WITHDRAWN, at=now, reason=reason)


@transaction.atomic
def answer_offer(signup: SignUp, *, actor: Actor, taken: bool) -> SignUp:
    """Takes the offered place, or leaves it to the next in line.

    Raises `Refusal` where nothing is offered (any more).
    """
    actor.must("own.signup")
    locked = locked_sign_up(signup)
    now = timezone.now()
    until = locked.offered_until
    if locked.state != SignUpState.OFFERED or until is None or until <= now:
        message = _("This offer is over; the place has gone to the next one.")
        raise Refusal(message, code="offer_over")
    if not taken:
        return end_sign_up(locked, SignUpState.WITHDRAWN, at=now)
    locked.state, locked.offered_until = SignUpState.PLACED, None
    locked.save(update_fields=["state", "offered_until"])
    return locked


def locked_sign_up(signup: SignUp) -> SignUp:
    """The sign-up as it stands now, with shift and activity, behind the shift's queue.

    Raises `Refusal` for one that has ended.
    """
    hold_queue(signup.shift)
    locked = SignUp.objects.select_for_update(of=("self",)).get(pk=signup.pk)
    locked.shift = Shift.objects.with_calls().get(pk=locked.shift_id)
    if not locked.stands:
        message = _("This sign-up is over: {state}.")
        raise Refusal(message.format(state=locked.get_state_display()), code="ended")
    return locked


def must_have_place(signup: SignUp) -> None:
    """Raises `Refusal` for who waits, was offered a place or has left."""
    if signup.state != SignUpState.PLACED:
        message = _("{name} has no place in this shift.")
        raise Refusal(message.format(name=signup.volunteer_name), code="no_place")


def end_sign_up(signup: SignUp, state: SignUpState, *, at: datetime, reason: str = "") -> SignUp:
    """Writes the end of a sign-up that is locked; the database counts the place free."""
    signup.state, signup.ended_at, signup.reason = state, at, reason
    signup.offered_until = None
    with because(reason):
        signup.save(update_fields=["state", "ended_at", "reason", "offered_until"])
    return signup
