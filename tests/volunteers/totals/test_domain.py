"""Totals equal a count from scratch after any changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from core.tenancy.scope import acting_as
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.volunteers.totals.recount import (
    hours_from_records,
    kept_hours,
    kept_registry,
    registry_from_volunteers,
)
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer
from volunteers.totals.domain import mark_everything, recount_dirty_months
from volunteers.totals.models import DirtyCell, HoursTotal


def _arrange(cast: Cast) -> list[ServiceRecord]:
    """Two people of two townships, one of whom also serves in the other township."""
    near, far = cast.committee("441802009"), cast.committee("441802103")
    visitor = VolunteerFactory(committee=far)
    may = {"served_on": date(2026, 5, 3)}
    return [
        ServiceRecordFactory(volunteer=cast.volunteer, committee=near, **may),
        ServiceRecordFactory(volunteer=visitor, committee=near, kind="environment", **may),
        ServiceRecordFactory(volunteer=visitor, committee=far, served_on=date(2026, 5, 4)),
        ServiceRecordFactory(volunteer=visitor, committee=far, served_on=date(2026, 6, 1)),
        ServiceRecordFactory(
            volunteer=cast.volunteer, committee=near, served_on=date(2026, 6, 2), state="submitted"
        ),
    ]


def test_recount_counts_people_once_above_several_committees(cast: Cast) -> None:
    with as_owner():
        _arrange(cast)
    recount_dirty_months()
    with acting_as(cast.county_441802.scope):
        total = HoursTotal.objects.get(
            committee=cast.committee("441802"), month=date(2026, 5, 1), kind=""
        )
    assert (total.minutes, total.records, total.volunteers) == (360, 3, 2)
    assert kept_hours() == hours_from_records()
    assert kept_registry() == registry_from_volunteers()


def test_recount_follows_void_and_confirm(cast: Cast) -> None:
    with as_owner():
        first, *_, waiting = _arrange(cast)
    recount_dirty_months()
    with acting_as(cast.county_441802.scope):
        ServiceRecord.objects.filter(pk=first.pk).update(
            state="void", voided=True, void_reason="重复录入"
        )
        ServiceRecord.objects.filter(pk=waiting.pk).update(
            state="confirmed", confirmed_at="2026-06-03T00:00Z"
        )
    recount_dirty_months()
    assert kept_hours() == hours_from_records()


def test_recount_removes_cells_that_hold_nothing(cast: Cast) -> None:
    with as_owner():
        record = ServiceRecordFactory(volunteer=cast.volunteer)
    recount_dirty_months()
    with acting_as(cast.county_441802.scope):
        ServiceRecord.objects.update(state="void", voided=True, void_reason="重复录入")
    recount_dirty_months()
    assert record.pk
    assert kept_hours() == {}


def test_recount_moves_volunteers_between_committees(cast: Cast) -> None:
    recount_dirty_months()
    with acting_as(cast.county_441802.scope):
        Volunteer.objects.update(committee=cast.committee("441802103"))
    recount_dirty_months()
    assert kept_registry() == registry_from_volunteers()


def test_recount_of_everything_changes_nothing(cast: Cast) -> None:
    with as_owner():
        _arrange(cast)
    recount_dirty_months()
    before = kept_hours()
    mark_everything()
    assert recount_dirty_months().months > 0
    assert kept_hours() == before


def test_recount_mends_totals_that_were_tampered_with(cast: Cast) -> None:
    with as_owner():
        _arrange(cast)
    recount_dirty_months()
    with as_owner():
        HoursTotal.objects.update(minutes=1)
    assert kept_hours() != hours_from_records()
    mark_everything()
    recount_dirty_months()
    assert kept_hours() == hours_from_records()


def test_marks_cannot_be_written_by_hand(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope), pytest.raises(DatabaseError, match="row-level"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)"
                " VALUES ('hours', '0001', '2026-05-01', now())"
            )


def test_totals_stay_stale_without_the_trigger(cast: Cast) -> None:
    """The negative control: without marks nothing would be recounted."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE volunteers_servicerecord DISABLE TRIGGER USER")
        _arrange(cast)
        assert not DirtyCell.objects.filter(subject="hours").exists()
    recount_dirty_months()
    assert kept_hours() != hours_from_records()
