"""How old totals get: real confirmations, with a real clock running."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from threading import Event
from time import perf_counter

from django.db import connection

from core.tenancy.owner import owner_connection
from core.tenancy.scope import acting_as
from tests.benchmarks.processes import running
from tests.benchmarks.stage import Area, Stage
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import ServiceRecord
from volunteers.totals.domain import recount_dirty_months

__all__ = ["ages_after_confirming"]

CONFIRMATIONS = 6
BATCH = 20
POLL_SECONDS = 0.02
GIVEN_UP_AFTER_SECONDS = 120.0

_RECORDS = """
    SELECT records FROM volunteers_hourstotal
    WHERE committee_id = %s AND month = %s AND kind = ''
"""
_WITHDRAW = """
    UPDATE volunteers_servicerecord
    SET state = 'submitted', confirmed_at = NULL, confirmed_by_id = NULL, confirmed_by_label = ''
    WHERE id = ANY(%s)
"""


def ages_after_confirming(stage: Stage) -> list[float]:
    """Seconds from each confirmation's commit until the county's total shows it.

    The first one, which waits for the clock to start, is left out. Afterwards the records
    await confirmation again.
    """
    batches = _batches(stage.county)
    celery = [str(Path(sys.executable).with_name("celery")), "--app", "portal"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    clock = ["worker", "--queues", "clock", "--pool", "solo", "--beat"]
    with running("clock", [*celery, *clock, *quiet], folder=stage.folder):
        ages = []
        for number, (month, ids) in enumerate(batches):
            # Each at another moment of the clock's two seconds.
            Event().wait(number * 0.37)
            ages.append(_age(stage.county, month, ids))
    _take_back([pk for _, ids in batches for pk in ids])
    return ages[1:]


def _batches(county: Area) -> list[tuple[date, list[int]]]:
    """Waiting records of one month each."""
    with acting_as(county.actor.scope):
        newest = (
            ServiceRecord.objects.below(county.path)
            .awaiting_confirmation()
            .order_by("-served_on", "pk")
            .values_list("served_on", "pk")
        )
        waiting = list(newest[: BATCH * (CONFIRMATIONS + 1) * 2])
    month = waiting[0][0].replace(day=1)
    ids = [pk for day, pk in waiting if day >= month]
    found = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    return [(month, batch) for batch in found[: CONFIRMATIONS + 1]]


def _age(county: Area, month: date, ids: list[int]) -> float:
    before = _counted(county, month)
    with acting_as(county.actor.scope):
        confirm_hours(ServiceRecord.objects.with_ids(ids), actor=county.actor)
    committed = perf_counter()
    while _counted(county, month) < before + len(ids):
        if perf_counter() - committed > GIVEN_UP_AFTER_SECONDS:
            message = "The totals do not follow; see the log of the clock."
            raise TimeoutError(message)
        Event().wait(POLL_SECONDS)
    return perf_counter() - committed


def _counted(county: Area, month: date) -> int:
    with acting_as(county.actor.scope), connection.cursor() as cursor:
        cursor.execute(_RECORDS, [county.path, month])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _take_back(ids: list[int]) -> None:
    with owner_connection() as owner:
        owner.execute(_WITHDRAW, [ids])
    recount_dirty_months()
