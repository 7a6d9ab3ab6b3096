"""The verbs of attendance: mark one, mark all who are left, settle the activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.attendance.models import SERVED, Attendance, Mark
from volunteers.hours.domain.recording import day_must_have_room, insert_record
from volunteers.hours.models import HoursSheet, RecordSource, RecordState, ServiceRecord
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["Summary", "mark_all_present", "mark_attendance", "settle_activity", "summary_of"]

# So far before and after the shift a stretch may reach: setting up, clearing away.
_AROUND = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Summary:
    """How a shift or activity went: people by mark; ``unmarked`` of those who had a place."""

    came: int
    late: int
    absent: int
    excused: int
    unmarked: int
    minutes: int


@transaction.atomic
def mark_attendance(
    signup: SignUp,
    *,
    actor: Actor,
    mark: Mark,
    came_at: datetime | None = None,
    left_at: datetime | None = None,
) -> Attendance:
    """Says of somebody who had a place whether and when they served; may be said again.

    Without times who served gets those of the shift. Raises `Refusal` before the shift begins,
    once the activity is settled, for somebody without a place and for times that cannot be.
    """
    actor.must("activities.write")
    shift = _shift_to_mark(signup.shift_id)
    locked = SignUp.objects.select_for_update().get(pk=signup.pk)
    if locked.state != SignUpState.PLACED:
        message = _("{name} has no place in this shift.")
        raise Refusal(message.format(name=locked.volunteer_name), code="no_place")
    came_at, left_at = _times(shift, mark, came_at, left_at)
    written, _new = Attendance.objects.update_or_create(
        signup=locked,
        defaults={
            "committee_id": shift.committee_id,
            "shift": shift,
            "mark": mark,
            "came_at": came_at,
            "left_at": left_at,
            "source": RecordSource.ROLL_CALL,
            **_hand(actor),
        },
    )
    return written


@transaction.atomic
def mark_all_present(shift: Shift, *, actor: Actor) -> int:
    """Marks everybody with a place whom nobody has marked yet as there the whole shift; how many.

    Raises `Refusal` as `mark_attendance` does.
    """
    actor.must("activities.write")
    locked = _shift_to_mark(shift.pk)
    unmarked = SignUp.objects.filter(shift=locked, state=SignUpState.PLACED)
    rows = unmarked.filter(attendance__isnull=True).select_for_update(of=("self",))
    made = Attendance.objects.bulk_create(
        Attendance(
            committee_id=locked.committee_id,
            signup=signup,
            shift=locked,
            mark=Mark.CAME,
            came_at=locked.starts_at,
            left_at=locked.ends_at,
            source=RecordSource.ROLL_CALL,
            **_hand(actor),
        )
        for signup in rows
    )
    return len(made)


@transaction.atomic
def settle_activity(activity: Activity, *, actor: Actor) -> HoursSheet | None:
    """Turns the times of all who served into submitted records on one sheet; None where nobody did.

    Whoever settled or marked confirms none of them: a second person does. Raises `Refusal` before
    the last shift has ended, while somebody is unmarked, and with the person's name where the time
    is recorded elsewhere already or the day is full; then nothing is written.
    """
    actor.must("activities.write")
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    _must_be_open(locked)
    shifts = list(locked.shifts.select_for_update())
    if any(shift.ends_at > timezone.now() for shift in shifts):
        message = _("A shift has still to end. Settle the activity after the last one.")
        raise Refusal(message, code="not_ended")
    unmarked = summary_of(locked).unmarked
    if unmarked:
        message = _("{n} people are not marked yet. Call the roll first.")
        raise Refusal(message.format(n=unmarked), code="unmarked")
    served = list(
        Attendance.objects.of_activity(locked.pk)
        .who_served()
        .select_related("signup")
        .order_by("came_at", "pk")
    )
    sheet = _sheet_of(locked, served, actor) if served else None
    locked.state = ActivityState.SETTLED
    locked.settled_at, locked.settled_by_label = timezone.now(), actor.label
    locked.save()
    return sheet


def summary_of(activity: Activity) -> Summary:
    """How it went so far. Two queries."""
    marks = list(
        Attendance.objects.of_activity(activity.pk).values_list("mark", "came_at", "left_at")
    )
    placed = SignUp.objects.filter(activity=activity, state=SignUpState.PLACED)

    def counted(mark: Mark) -> int:
        return sum(each == mark for each, _came, _left in marks)

    return Summary(
        came=counted(Mark.CAME),
        late=counted(Mark.LATE),
        absent=counted(Mark.NO_SHOW),
        excused=counted(Mark.EXCUSED),
        unmarked=placed.filter(attendance__isnull=True).count(),
        minutes=sum(_minutes(came, left) for _mark, came, left in marks if came and left),
    )


def _shift_to_mark(shift_id: int) -> Shift:
    """The shift, locked with its activity. Raises `Refusal` while or after nobody is marked."""
    shift = Shift.objects.select_related("activity").select_for_update().get(pk=shift_id)
    _must_be_open(shift.activity)
    if shift.starts_at > timezone.now():
        message = _("The shift has not begun. The roll is called from its start on.")
        raise Refusal(message, code="not_begun")
    return shift


def _must_be_open(activity: Activity) -> None:
    if activity.state != ActivityState.PUBLISHED:
        message = _("The activity is {state} now; look at it again.")
        raise Refusal(message.format(state=activity.get_state_display()), code="state")


def _times(
    shift: Shift, mark: Mark, came_at: datetime | None, left_at: datetime | None
) -> tuple[datetime | None, datetime | None]:
    if mark not in SERVED:
        return None, None
    came, left = came_at or shift.starts_at, left_at or shift.ends_at
    if left <= came:
        message = _("It ends before it starts. Check the two times.")
        raise Refusal(message, code="ends_before_start", field="left_at")
    if came < shift.starts_at - _AROUND or left > shift.ends_at + _AROUND:
        message = _("At most three hours before and after the shift count here.")
        raise Refusal(message, code="outside_shift", field="came_at")
    if left > max(timezone.now(), shift.ends_at):
        message = _("That time has not come yet. Enter when the person left, once they have.")
        raise Refusal(message, code="in_future", field="left_at")
    if timezone.localdate(came) != timezone.localdate(left):
        message = _("Past midnight is another day. Enter the time until midnight here.")
        raise Refusal(message, code="past_midnight", field="left_at")
    return came, left


def _hand(actor: Actor) -> dict[str, object]:
    return {
        "marked_by": actor.user,
        "marked_by_label": actor.label,
        "marked_at": timezone.now(),
    }


def _sheet_of(activity: Activity, served: Sequence[Attendance], actor: Actor) -> HoursSheet:
    hands = {each.marked_by_id for each in served if each.marked_by_id is not None}
    sheet = HoursSheet.objects.create(
        committee_id=activity.committee_id,
        title=activity.title,
        source=RecordSource.ROLL_CALL,
        hands=sorted(hands),
        recorded_by=actor.user,
        recorded_by_label=actor.label,
    )
    for attendance in served:
        attendance.record = _recorded(activity, attendance, sheet, actor)
        attendance.save(update_fields=["record"])
    return sheet


def _recorded(
    activity: Activity, attendance: Attendance, sheet: HoursSheet, actor: Actor
) -> ServiceRecord:
    signup = attendance.signup
    came, left = attendance.came_at, attendance.left_at
    if came is None or left is None:
        message = "Who served has times; the database says so."
        raise ValueError(message)
    record = ServiceRecord(
        committee_id=activity.committee_id,
        volunteer_id=signup.volunteer_id,
        volunteer_name=signup.volunteer_name,
        volunteer_number=signup.volunteer_number,
        organization_id=activity.organization_id,
        sheet=sheet,
        activity_title=activity.title,
        kind=activity.kind,
        served_on=timezone.localdate(came),
        during=DateTimeTZRange(came, left, "[)"),
        minutes=_minutes(came, left),
        source=attendance.source,
        state=RecordState.SUBMITTED,
        recorded_by=actor.user,
        recorded_by_label=actor.label,
        recorded_at=timezone.now(),
    )
    try:
        day_must_have_room(record)
        return insert_record(record)
    except Refusal as refused:
        named = f"{signup.volunteer_name}：{refused}"
        raise Refusal(named, code=refused.code) from refused


def _minutes(came: datetime, left: datetime) -> int:
    """Whole minutes; a part of one does not count."""
    return int((left - came).total_seconds() // 60)
