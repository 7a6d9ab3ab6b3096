"""Reads of totals: from the cells, and people of several months from the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import Q, Sum

from core.tenancy.keys import CHARACTERS_PER_TIER

if TYPE_CHECKING:
    from volunteers.totals.models import HoursTotal, RegistryTotal

__all__ = [
    "Figures",
    "HoursTotalQuerySet",
    "RegistryTotalQuerySet",
    "child_width",
    "counted_until",
    "figures_by_month",
    "month_starts",
    "people_between",
    "registered_by_committee",
    "totals_by",
]

_PEOPLE = """
    SELECT {key}, count(DISTINCT volunteer_id)
    FROM volunteers_servicerecord
    WHERE state = 'confirmed' AND served_on >= %(first)s AND served_on < %(end)s
      AND committee_id >= %(path)s AND committee_id < %(path)s || '{{'
    GROUP BY 1
"""
_PEOPLE_BY = {
    "committee": _PEOPLE.format(key="left(committee_id, %(width)s)"),
    "kind": _PEOPLE.format(key="kind"),
}


class RegistryTotalQuerySet(models.QuerySet["RegistryTotal"]):
    """Filters that compose."""

    def of(self, paths: Iterable[str]) -> Self:
        """Of exactly these committees, each with everything below it."""
        return self.filter(committee_id__in=list(paths))


@dataclass(frozen=True, slots=True)
class Figures:
    """Confirmed hours: minutes, records, people counted once, and records entered on time."""

    minutes: int = 0
    records: int = 0
    volunteers: int = 0
    on_time: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """The share of records entered within the statutory time limit; None without any."""
        return self.on_time / self.records if self.records else None


class HoursTotalQuerySet(models.QuerySet["HoursTotal"]):
    """Filters that compose."""

    def of(self, paths: Iterable[str]) -> Self:
        """Of exactly these committees, each with everything below it."""
        return self.filter(committee_id__in=list(paths))

    def months(self, first: date, last: date) -> Self:
        """Months from ``first`` to ``last``, both included, given as first days."""
        return self.filter(month__gte=first, month__lte=last)

    def all_kinds(self) -> Self:
        """The cells in which people of several kinds of service count once."""
        return self.filter(kind="")

    def by_kind(self) -> Self:
        """The cells of single kinds."""
        return self.exclude(kind="")


def totals_by(cells: HoursTotalQuerySet, column: str) -> dict[object, Figures]:
    """Sums of the cells for each value of ``column`` (``committee_id``, ``month`` or ``kind``).

    The people are added up too, which counts somebody twice where the cells of one value differ
    in month or kind; take `people_between` there.
    """
    rows = (
        cells.order_by()
        .values_list(column)
        .annotate(Sum("minutes"), Sum("records"), Sum("volunteers"), Sum("on_time"))
    )
    return {key: Figures(*figures) for key, *figures in rows}


def figures_by_month(cells: HoursTotalQuerySet) -> dict[tuple[str, date], Figures]:
    """The figures of each committee's (path key) months; ``cells`` are those of all kinds."""
    rows = cells.values_list("committee_id", "month", "minutes", "records", "volunteers", "on_time")
    return {(path, month): Figures(*figures) for path, month, *figures in rows}


def people_between(
    *, path: str, first: date, end: date, width: int = 0, by: str = "committee"
) -> dict[str, int]:
    """People with confirmed hours from ``first`` until before ``end``, counted from the records.

    ``by`` is ``kind``, or ``committee``: then the key is the path of the record's committee cut to
    ``width`` characters (those of ``path`` by default), so ``len(path) + 4`` counts for each
    committee one level down. Costs a scan of these records.
    """
    parameters: dict[str, str | date | int] = {
        "path": path,
        "first": first,
        "end": end,
        "width": width or len(path),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE_BY[by], parameters)
        return dict(cursor.fetchall())


def counted_until() -> datetime:
    """The moment before which every change is in the totals."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT as_of FROM volunteers_recountclock")
        row = cursor.fetchone()
    if row is None:
        message = "The clock's row is missing; migrations write it."
        raise LookupError(message)
    as_of: datetime = row[0]
    return as_of


def child_width(path: str) -> int:
    """How many characters the keys one level below ``path`` have."""
    return len(path) + CHARACTERS_PER_TIER


def month_starts(first: date, last: date) -> Sequence[date]:
    """First days of the months from ``first`` to ``last``, both included."""
    months = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        months.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months


def registered_by_committee(
    cells: RegistryTotalQuerySet, *, month: date
) -> dict[str, tuple[int, int]]:
    """Active volunteers of each committee with everything below it: all, and those of ``month``."""
    rows = (
        cells.order_by()
        .values_list("committee_id")
        .annotate(Sum("volunteers"), new=Sum("volunteers", filter=Q(month=month), default=0))
    )
    return {path: (everybody, new) for path, everybody, new in rows}
