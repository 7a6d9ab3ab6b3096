"""Records on time in the totals: judged by the day of entry, the calendar and the province."""

from __future__ import annotations

from datetime import UTC, date, datetime

from organizations.rules.models import RuleValue
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.factories.committees import add_committee
from tests.volunteers.totals.recount import hours_from_records, kept_hours
from volunteers.totals.domain import recount_dirty_months
from volunteers.totals.models import HoursTotal

SATURDAY = date(2026, 5, 16)
# The tenth working day after it is Friday, 29 May; midnight in China is 16:00 UTC.
LAST_MOMENT = datetime(2026, 5, 29, 15, 59, tzinfo=UTC)
TOO_LATE = datetime(2026, 5, 29, 16, 0, tzinfo=UTC)


def on_time_of(code: str, cast: Cast, *, month: date = date(2026, 5, 1)) -> tuple[int, int]:
    with as_owner():
        row = HoursTotal.objects.get(committee=cast.committee(code), month=month, kind="")
    return row.on_time, row.records


def test_last_moment_of_the_due_day_is_on_time(cast: Cast) -> None:
    near, far = cast.committee("441802009"), cast.committee("441802103")
    with as_owner():
        for committee, entered in ((near, LAST_MOMENT), (near, TOO_LATE), (far, LAST_MOMENT)):
            ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=committee),
                served_on=SATURDAY,
                recorded_at=entered,
            )
    recount_dirty_months()
    assert on_time_of("441802009", cast) == (1, 2)
    assert on_time_of("441802103", cast) == (1, 1)
    assert on_time_of("441802", cast) == on_time_of("44", cast) == (2, 3)
    assert kept_hours() == hours_from_records()


def test_each_provinces_rule_holds_by_the_day_of_service(cast: Cast) -> None:
    with as_owner():
        other = add_committee(code="45", name="广西壮族自治区", level="province", parent=None)
        for value, day in ((5, date(2026, 1, 1)), (20, date(2026, 5, 17))):
            RuleValue.objects.create(
                committee=cast.committee("44"),
                key="clock-recording-days",
                value=value,
                effective_from=day,
                reason="试行",
            )
        for committee in (cast.committee("44"), other):
            for served_on in (SATURDAY, date(2026, 5, 18)):
                ServiceRecordFactory(
                    volunteer=VolunteerFactory(committee=committee),
                    served_on=served_on,
                    recorded_at=LAST_MOMENT,
                )
    recount_dirty_months()
    assert on_time_of("44", cast) == (1, 2), "five days until the 16th, twenty from the 17th on"
    with as_owner():
        assert HoursTotal.objects.get(committee=other, kind="").on_time == 2


def test_make_up_days_count_across_the_new_year(cast: Cast) -> None:
    """4 January 2026 is a Sunday that offices worked; 1 and 2 January were off."""
    moments = {
        datetime(2026, 1, 4, 15, 59, tzinfo=UTC): 1,
        datetime(2026, 1, 4, 16, 1, tzinfo=UTC): 0,
    }
    with as_owner():
        for entered in moments:
            # 22–26, 29–31 December are eight working days, 4 January the ninth, 5 the tenth
            ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=cast.committee("441802")),
                served_on=date(2025, 12, 19),
                recorded_at=entered,
            )
    recount_dirty_months()
    assert on_time_of("441802", cast, month=date(2025, 12, 1)) == (2, 2)
    with as_owner():
        RuleValue.objects.create(
            committee=cast.committee("44"),
            key="clock-recording-days",
            value=9,
            effective_from=date(2025, 1, 1),
            reason="试行",
        )
        HoursTotal.objects.all().delete()
        ServiceRecordFactory(
            volunteer=VolunteerFactory(committee=cast.committee("441802")),
            served_on=date(2025, 12, 19),
            recorded_at=datetime(2026, 1, 6, tzinfo=UTC),
        )
    recount_dirty_months()
    assert on_time_of("441802", cast, month=date(2025, 12, 1)) == (1, 3)
