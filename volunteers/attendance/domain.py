"""The verbs of attendance: mark one, mark all who are left, settle the activity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.activities.domain import must_be
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.attendance.models import SERVED, Attendance, Mark
from volunteers.attendance.summary import by_day, minutes_between, scanned_stretches, summary_of
from volunteers.checkins.models import CheckIn, Direction
from volunteers.hours.domain.recording import day_must_have_room, insert_record
from volunteers.hours.models import HoursSheet, RecordSource, RecordState, ServiceRecord
from volunteers.signups.domain import must_have_place
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["mark_all_present", "mark_attendance", "settle_activity"]

# So far before and after the shift a stretch may reach: setting up, clearing away.
_AROUND = timedelta(hours=3)


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
    must_have_place(locked)
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

    Who was scanned on the way in is left to the scans, which know better.

    Raises `Refusal` as `mark_attendance` does.
    """
    actor.must("activities.write")
    locked = _shift_to_mark(shift.pk)
    unmarked = SignUp.objects.filter(
        shift=locked, state=SignUpState.PLACED, attendance__isnull=True
    )
    scanned = CheckIn.objects.filter(shift=locked, direction=Direction.IN)
    rows = unmarked.exclude(pk__in=scanned.values("signup")).select_for_update(of=("self",))
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

    Of who was scanned and not marked, the scans count. Whoever settled, marked or scanned confirms
    none of them: a second person does. Raises `Refusal` before
    the last shift has ended, while somebody is unmarked, and with the person's name where the time
    is recorded elsewhere already or the day is full; then nothing is written.
    """
    actor.must("activities.write")
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    must_be(locked, ActivityState.PUBLISHED)
    shifts = list(locked.shifts.select_for_update())
    if any(shift.ends_at > timezone.now() for shift in shifts if shift.cancelled_at is None):
        message = _("A shift has still to end. Settle the activity after the last one.")
        raise Refusal(message, code="not_ended")
    _take_up_scans(locked, shifts)
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


def _shift_to_mark(shift_id: int) -> Shift:
    """The shift, locked with its activity. Raises `Refusal` while or after nobody is marked."""
    shift = Shift.objects.select_related("activity").select_for_update().get(pk=shift_id)
    must_be(shift.activity, ActivityState.PUBLISHED)
    if shift.starts_at > timezone.now():
        message = _("The shift has not begun. The roll is called from its start on.")
        raise Refusal(message, code="not_begun")
    return shift


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
    return came, left


def _hand(actor: Actor) -> dict[str, object]:
    return {
        "marked_by": actor.user,
        "marked_by_label": actor.label,
        "marked_at": timezone.now(),
    }


def _take_up_scans(activity: Activity, shifts: Sequence[Shift]) -> None:
    """What the scans say becomes the mark of those whom nobody has marked."""
    by_key = {shift.pk: shift for shift in shifts}
    Attendance.objects.bulk_create(
        Attendance(
            committee_id=activity.committee_id,
            signup_id=signup,
            shift_id=shift,
            mark=Mark.LATE if stretch.is_late else Mark.CAME,
            came_at=stretch.came_at,
            left_at=stretch.left_at,
            source=RecordSource.ONE_SCAN if stretch.one_sided else RecordSource.BOTH_SCANS,
            marked_by=None,
            marked_by_label=_("scans"),
            marked_at=timezone.now(),
        )
        for signup, shift, stretch in scanned_stretches(activity, by_key)
    )


def _sheet_of(activity: Activity, served: Sequence[Attendance], actor: Actor) -> HoursSheet:
    scanned_by = CheckIn.objects.of_activity(activity.pk).values_list("by", flat=True)
    hands = {*scanned_by, *(each.marked_by_id for each in served)}
    sheet = HoursSheet.objects.create(
        committee_id=activity.committee_id,
        title=activity.title,
        source=_weakest(served),
        hands=sorted(pk for pk in hands if pk is not None),
        recorded_by=actor.user,
        recorded_by_label=actor.label,
    )
    for attendance in served:
        records = [
            _recorded(activity, attendance, stretch, sheet, actor)
            for stretch in by_day(attendance.came_at, attendance.left_at)
        ]
        attendance.record = records[0]
        attendance.save(update_fields=["record"])
    return sheet


def _weakest(served: Sequence[Attendance]) -> RecordSource:
    """What is said of a sheet as a whole is what holds for all of it."""
    found = {each.source for each in served}
    order = (RecordSource.ROLL_CALL, RecordSource.ONE_SCAN)
    return next((source for source in order if source in found), RecordSource.BOTH_SCANS)


def _recorded(
    activity: Activity,
    attendance: Attendance,
    stretch: tuple[datetime, datetime],
    sheet: HoursSheet,
    actor: Actor,
) -> ServiceRecord:
    signup, (came, left) = attendance.signup, stretch
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
        minutes=minutes_between(came, left),
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
