"""Two at the same moment; each guard is first switched off to show that the race is real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.hours.desk import AFTERNOON, DAY, at, enter, only
from tests.volunteers.hours.races import race
from volunteers.hours.domain import BatchResult, Stretch, confirm_hours
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet

pytestmark = pytest.mark.django_db(transaction=True)

LONG = Stretch(served_on=DAY, minutes=14 * 60)


@pytest.fixture
def submitted(cast: Cast) -> ServiceRecord:
    with acting_as(cast.recorder_441802.scope):
        return enter(cast.recorder_441802, cast.volunteer)


def two_confirm(
    cast: Cast, record: ServiceRecord
) -> tuple[BatchResult, BatchResult | Refusal, ServiceRecord]:
    county, city = cast.county_441802, cast.city_4418
    answers = race(
        county,
        lambda: confirm_hours(only(record), actor=county),
        city,
        lambda: confirm_hours(only(record), actor=city),
    )
    with acting_as(county.scope):
        record.refresh_from_db()
    return *answers, record


def test_of_two_confirmers_the_second_is_told(cast: Cast, submitted: ServiceRecord) -> None:
    _first, second, record = two_confirm(cast, submitted)
    assert isinstance(second, Refusal)
    assert second.code == "not_submitted"
    assert record.confirmed_by_id == cast.county_441802.scope.user


def test_without_the_lock_both_confirmers_would_count_it(
    cast: Cast, submitted: ServiceRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ServiceRecordQuerySet, "select_for_update", lambda self: self)
    first, second, record = two_confirm(cast, submitted)
    assert isinstance(second, BatchResult)
    assert first.count == second.count == 1
    assert record.confirmed_by_id == cast.city_4418.scope.user


def two_record(cast: Cast, first: Stretch, second: Stretch) -> tuple[ServiceRecord | Refusal, int]:
    """The second one's answer, and how many records stand."""
    recorder, county = cast.recorder_441802, cast.county_441802
    _first, answer = race(
        recorder,
        lambda: enter(recorder, cast.volunteer, first),
        county,
        lambda: enter(county, cast.volunteer, second),
    )
    with acting_as(county.scope):
        return answer, ServiceRecord.objects.standing().count()


def test_of_two_overlapping_records_one_stands(cast: Cast) -> None:
    answer, standing = two_record(cast, AFTERNOON, at("15:00", "17:00"))
    assert isinstance(answer, Refusal)
    assert (answer.code, standing) == ("overlap", 1)


def test_without_the_constraint_both_overlapping_records_would_stand(cast: Cast) -> None:
    with replaced(
        "ALTER TABLE volunteers_servicerecord DROP CONSTRAINT record_no_overlap",
        """TRUNCATE volunteers_servicerecord CASCADE;
           ALTER TABLE volunteers_servicerecord ADD CONSTRAINT record_no_overlap
           EXCLUDE USING gist (volunteer_id WITH =, during WITH &&) WHERE (NOT voided)""",
    ):
        answer, standing = two_record(cast, AFTERNOON, at("15:00", "17:00"))
    assert isinstance(answer, ServiceRecord)
    assert standing == 2


def test_of_two_long_records_only_one_fits_the_day(cast: Cast) -> None:
    answer, standing = two_record(cast, LONG, LONG)
    assert isinstance(answer, Refusal)
    assert (answer.code, standing) == ("day_is_full", 1)


def test_without_the_lock_a_day_would_hold_more_than_24_hours(cast: Cast) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('volunteers_day_has_room'::regproc)")
        row = cursor.fetchone()
    assert row is not None
    (locking,) = row
    with replaced(locking.replace("FOR UPDATE", ""), locking):
        answer, standing = two_record(cast, LONG, LONG)
    assert isinstance(answer, ServiceRecord)
    assert standing == 2


def test_same_nonce_at_the_same_moment_makes_one_record(cast: Cast) -> None:
    nonce, actor = uuid4(), cast.recorder_441802
    first, second = race(
        actor,
        lambda: enter(actor, cast.volunteer, nonce=nonce),
        actor,
        lambda: enter(actor, cast.volunteer, nonce=nonce),
    )
    assert first == second


@contextmanager
def replaced(switch_off: str, switch_on: str) -> Iterator[None]:
    """A guard of the database, switched off for the block."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(switch_off)
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(switch_on)
