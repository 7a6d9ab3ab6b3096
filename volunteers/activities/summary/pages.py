"""Pages of shifts in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest

from core.web.addresses import address_with
from core.web.keyset import AFTER, Page, id_from
from volunteers.activities.models import Shift
from volunteers.activities.queries import ShiftQuerySet

__all__ = ["SHIFTS_A_PAGE", "soonest_first"]

SHIFTS_A_PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
# The end of the year 9999, past which there is no date.
_LAST_TICK = 253_402_300_799_000_000


def soonest_first(shifts: ShiftQuerySet, request: HttpRequest) -> Page[Shift]:
    """The page of ``shifts`` that the address asks for, by their start. One query."""
    later = _later(shifts, request.GET.get(AFTER, ""))
    found = list(later.order_by("starts_at", "pk")[: SHIFTS_A_PAGE + 1])
    shown = found[:SHIFTS_A_PAGE]
    if len(found) == len(shown):
        return Page(shown, "")
    last = shown[-1]
    place = f"{(last.starts_at - _EPOCH) // _TICK}.{last.pk}"
    return Page(shown, address_with(request, **{AFTER: place}))


def _later(shifts: ShiftQuerySet, position: str) -> ShiftQuerySet:
    """Those after the position ``1780300800000000.12``: start and id of the last one shown."""
    start, _dot, pk = position.partition(".")
    ticks, number = id_from(start), id_from(pk)
    if ticks is None or number is None or ticks > _LAST_TICK:
        return shifts
    starts_at = _EPOCH + ticks * _TICK
    return shifts.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=number))
