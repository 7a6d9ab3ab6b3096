"""The verbs of activities: write, copy, submit, approve or send back, cancel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.moments import moment_text
from core.web.refusals import Refusal
from core.web.texts import text_given
from core.workdays.moving import DayMove, day_moved
from organizations.accounts.actors import Actor
from volunteers.activities.domain.calls import Call, call_must_hold, without_closed
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.activities.signals import activity_cancelled
from volunteers.hours.domain import access_lately_from

__all__ = [
    "LONGEST_SERIES",
    "add_series",
    "add_shift",
    "approve_activity",
    "cancel_activity",
    "copy_activity",
    "create_activity",
    "edit_activity",
    "lock_activity",
    "must_be",
    "must_be_a_shift",
    "must_be_to_come",
    "remove_shift",
    "return_activity",
    "submit_activity",
]

# A night's watch is the longest stretch that one person serves.
_LONGEST_SHIFT = timedelta(hours=24)
# Half a year of weeks.
LONGEST_SERIES = 26


@transaction.atomic
def create_activity(call: Call, *, actor: Actor) -> Activity:
    """Writes a draft of the actor's committee. Raises `Refusal` for ages in the wrong order."""
    actor.must("activities.write")
    call_must_hold(call, actor.scope.committee)
    return Activity.objects.create(
        committee_id=actor.scope.committee,
        created_by_label=actor.label,
        hands=_with_hand([], actor),
        **asdict(call),
    )


@transaction.atomic
def edit_activity(activity: Activity, call: Call, *, actor: Actor) -> Activity:
    """Changes what a draft says. Raises `Refusal` for any other."""
    actor.must("activities.write")
    locked = lock_activity(activity, ActivityState.DRAFT)
    call_must_hold(call, locked.committee_id)
    for name, value in asdict(call).items():
        setattr(locked, name, value)
    locked.hands = _with_hand(locked.hands, actor)
    locked.save()
    return locked


def add_shift(
    activity: Activity,
    *,
    actor: Actor,
    starts_at: datetime,
    ends_at: datetime,
    places: int,
    reserve: int = 0,
) -> Shift:
    """Adds one stretch; see `add_series`, which raises the same refusals."""
    times = {"starts_at": starts_at, "ends_at": ends_at}
    (shift,) = add_series(activity, actor=actor, **times, places=places, reserve=reserve, weeks=1)
    return shift


@transaction.atomic
def add_series(
    activity: Activity,
    *,
    actor: Actor,
    starts_at: datetime,
    ends_at: datetime,
    places: int,
    reserve: int = 0,
    weeks: int,
) -> list[Shift]:
    """Adds a stretch with ``places``, and ``reserve`` on the waiting list; ``weeks`` times, the
    first as said and each a week after the one before.

    To a draft, or by who reviews to what is published. Raises `Refusal` for one that ends before it
    starts, lasts more than a day or is there already, and for more than `LONGEST_SERIES` at once;
    then none is added.
    """
    actor.must("activities.write")
    locked = lock_activity(activity, ActivityState.DRAFT, ActivityState.PUBLISHED)
    if locked.state == ActivityState.PUBLISHED:
        actor.must("activities.review")
        must_be_to_come(starts_at)
    must_be_a_shift(starts_at, ends_at)
    if not 1 <= weeks <= LONGEST_SERIES:
        message = _("A series has from 1 to {most} shifts.").format(most=LONGEST_SERIES)
        raise Refusal(message, code="series_length", field="weeks")
    steps = [timedelta(weeks=number) for number in range(weeks)]
    stretches = [(starts_at + step, ends_at + step) for step in steps]
    _must_be_new(locked, stretches)
    locked.hands = _with_hand(locked.hands, actor)
    locked.save(update_fields=["hands"])
    return _added(locked, [(*stretch, places, reserve) for stretch in stretches])


@transaction.atomic
def copy_activity(activity: Activity, *, actor: Actor, move: DayMove) -> Activity:
    """A draft of the actor's committee with the same words, its shifts moved on by ``move``.

    Moved on until the first is to come, so that a call of long ago is not copied into the past.
    `DayMove.NONE` copies no shifts. Who signed up is not copied.
    """
    actor.must("activities.write")
    call = without_closed(
        Call(**{name: getattr(activity, name) for name in Call.__dataclass_fields__}),
        actor.scope.committee,
    )
    copied = create_activity(call, actor=actor)
    shifts = list(activity.shifts.order_by("starts_at", "pk"))
    if shifts and move != DayMove.NONE:
        steps = _steps_to_come(timezone.localtime(shifts[0].starts_at), move)
        # Two days of one month may fall on the same one of the next.
        moved = {
            _moved(shift.starts_at, shift.ends_at, steps, move): (shift.places, shift.reserve)
            for shift in shifts
        }
        _added(copied, [(*stretch, *places) for stretch, places in moved.items()])
    return copied


@transaction.atomic
def remove_shift(shift: Shift, *, actor: Actor) -> None:
    """Takes a shift out of a draft. Raises `Refusal` for any other."""
    actor.must("activities.write")
    locked = lock_activity(shift.activity, ActivityState.DRAFT)
    locked.hands = _with_hand(locked.hands, actor)
    locked.save(update_fields=["hands"])
    shift.delete()


@transaction.atomic
def submit_activity(activity: Activity, *, actor: Actor) -> Activity:
    """Gives a draft to a second person. Raises `Refusal` without a shift to come."""
    actor.must("activities.write")
    locked = lock_activity(activity, ActivityState.DRAFT)
    if not locked.shifts.filter(starts_at__gt=timezone.now()).exists():
        message = _("Add a shift that is still to come, so that people know when to serve.")
        raise Refusal(message, code="no_shift")
    locked.state = ActivityState.IN_REVIEW
    locked.hands = _with_hand(locked.hands, actor)
    locked.reason = ""
    locked.save()
    return locked


@transaction.atomic
def approve_activity(activity: Activity, *, actor: Actor) -> Activity:
    """Publishes what somebody else wrote.

    Raises `Refusal` for who wrote or submitted it, and for 30 days for whom one of them handed the
    account: one person could be both.
    """
    actor.must("activities.review")
    locked = lock_activity(activity, ActivityState.IN_REVIEW)
    user = actor.user
    if user is None or user.pk in locked.hands:
        message = _("You wrote this activity; somebody else of the committee reviews it.")
        raise Refusal(message, code="own_work")
    if access_lately_from(user) in locked.hands:
        message = _("Who wrote this activity gave you your password; a third reviews it.")
        raise Refusal(message, code="access_from_hand")
    locked.state = ActivityState.PUBLISHED
    locked.reviewed_by_label = actor.label
    locked.reviewed_at = timezone.now()
    locked.save()
    return locked


@transaction.atomic
def return_activity(activity: Activity, *, actor: Actor, reason: str) -> Activity:
    """Makes it a draft again, saying what to mend. Raises `Refusal` without a reason."""
    actor.must("activities.review")
    reason = _reason_given(reason)
    locked = lock_activity(activity, ActivityState.IN_REVIEW)
    locked.state = ActivityState.DRAFT
    locked.reason = reason
    with because(reason):
        locked.save()
    return locked


@transaction.atomic
def cancel_activity(activity: Activity, *, actor: Actor, reason: str) -> Activity:
    """Calls it off for good, saying why to everybody who signed up.

    Raises `Refusal` without a reason, and for a draft.
    """
    actor.must("activities.review")
    reason = _reason_given(reason)
    locked = lock_activity(activity, ActivityState.IN_REVIEW, ActivityState.PUBLISHED)
    locked.state = ActivityState.CANCELLED
    locked.reason = reason
    with because(reason):
        locked.save()
        activity_cancelled.send(Activity, activity=locked)
    return locked


def must_be_a_shift(starts_at: datetime, ends_at: datetime) -> None:
    """Raises `Refusal` for a stretch that ends before it starts or lasts more than a day."""
    if not starts_at < ends_at <= starts_at + _LONGEST_SHIFT:
        message = _("A shift ends after it starts, and within 24 hours.")
        raise Refusal(message, code="shift_times", field="ends_at")


def must_be_to_come(starts_at: datetime) -> None:
    """Raises `Refusal` for a start that is over: nobody could sign up."""
    if starts_at <= timezone.now():
        message = _("This start is over. Choose one that is still to come.")
        raise Refusal(message, code="begun", field="starts_at")


def lock_activity(activity: Activity, *states: ActivityState) -> Activity:
    """The activity as it stands now, locked. Raises `Refusal` in any other state."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    must_be(locked, *states)
    return locked


def must_be(activity: Activity, *states: ActivityState) -> None:
    """Raises `Refusal` for an activity in any other state."""
    if activity.state not in states:
        message = _("The activity is {state} now; look at it again.")
        raise Refusal(message.format(state=activity.get_state_display()), code="state")


def _must_be_new(activity: Activity, stretches: list[tuple[datetime, datetime]]) -> None:
    there = activity.shifts.filter(starts_at__in=[start for start, _end in stretches])
    taken = set(there.values_list("starts_at", "ends_at")) & set(stretches)
    if taken:
        first = moment_text(min(start for start, _end in taken))
        message = _("There is a shift at {moment} already; remove it to change its places.")
        raise Refusal(message.format(moment=first), code="shift_exists", field="starts_at")


def _added(activity: Activity, rows: Iterable[tuple[datetime, datetime, int, int]]) -> list[Shift]:
    return Shift.objects.bulk_create(
        Shift(
            activity=activity,
            committee_id=activity.committee_id,
            starts_at=starts_at,
            ends_at=ends_at,
            places=places,
            reserve=reserve,
        )
        for starts_at, ends_at, places, reserve in rows
    )


def _steps_to_come(start: datetime, move: DayMove) -> int:
    """How often ``start`` moves on until it is to come; at least once."""
    steps, day = 0, start.date()
    while steps == 0 or datetime.combine(day, start.timetz()) <= timezone.now():
        day = day_moved(day, move) or day
        steps += 1
    return steps


def _moved(start: datetime, end: datetime, steps: int, move: DayMove) -> tuple[datetime, datetime]:
    local = timezone.localtime(start)
    day = local.date()
    for _step in range(steps):
        day = day_moved(day, move) or day
    moved = datetime.combine(day, local.timetz())
    return moved, moved + (end - start)


def _with_hand(hands: list[int], actor: Actor) -> list[int]:
    return sorted({*hands, *([actor.user.pk] if actor.user else [])})


def _reason_given(text: str) -> str:
    missing = _("Say why: who wrote or joined it reads the reason.")
    return text_given(text, field="reason", most=200, missing=missing)
