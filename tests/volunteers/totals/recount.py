"""Counts totals from scratch, the slow and obvious way, to compare the kept ones with."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils import timezone

from core.tenancy.keys import ancestor_keys
from core.workdays import due_day
from tests.database import as_owner
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer
from volunteers.totals.models import HoursTotal, RegistryTotal

__all__ = ["hours_from_records", "kept_hours", "kept_registry", "registry_from_volunteers"]

Cell = tuple[str, date, str]


def hours_from_records() -> dict[Cell, tuple[int, int, int, int]]:
    """(committee, month, kind) → minutes, records, volunteers, records on time."""
    on_time: dict[Cell, int] = defaultdict(int)
    minutes: dict[Cell, int] = defaultdict(int)
    records: dict[Cell, int] = defaultdict(int)
    people: dict[Cell, set[int]] = defaultdict(set)
    with as_owner():
        confirmed = list(ServiceRecord.objects.filter(state="confirmed"))
    for record in confirmed:
        for path in ancestor_keys(record.committee_id):
            for kind in ("", record.kind):
                cell = (path, record.served_on.replace(day=1), kind)
                minutes[cell] += record.minutes
                records[cell] += 1
                people[cell].add(record.volunteer_id)
                entered = timezone.localdate(record.recorded_at)
                on_time[cell] += entered <= due_day(record.served_on, 10)
    return {
        cell: (minutes[cell], records[cell], len(people[cell]), on_time[cell]) for cell in minutes
    }


def kept_hours() -> dict[Cell, tuple[int, int, int, int]]:
    """What the table of totals says."""
    with as_owner():
        return {
            (row.committee_id, row.month, row.kind): (
                row.minutes,
                row.records,
                row.volunteers,
                row.on_time,
            )
            for row in HoursTotal.objects.all()
        }


def registry_from_volunteers() -> dict[tuple[str, date], int]:
    """(committee, month of registration) → active volunteers."""
    counted: dict[tuple[str, date], int] = defaultdict(int)
    with as_owner():
        active = list(Volunteer.objects.filter(state="active"))
    for volunteer in active:
        for path in ancestor_keys(volunteer.committee_id):
            counted[path, volunteer.registered_on.replace(day=1)] += 1
    return dict(counted)


def kept_registry() -> dict[tuple[str, date], int]:
    """What the table of totals says."""
    with as_owner():
        return {
            (row.committee_id, row.month): row.volunteers for row in RegistryTotal.objects.all()
        }
