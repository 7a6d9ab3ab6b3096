"""What a dashboard shows: one committee, its months, and the committees right below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from organizations.committees.models import Committee, Level
from organizations.ledger.queries.coverage import Coverage, coverage
from volunteers.totals.models import HoursTotal, RegistryTotal
from volunteers.totals.queries import (
    Figures,
    counted_until,
    figures_by_month,
    month_starts,
    registered_by_committee,
)

__all__ = ["Overview", "Row", "months_back", "overview"]

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A committee right below: coverage, active volunteers, hours of the month."""

    coverage: Coverage
    volunteers: int
    figures: Figures

    @property
    def gap(self) -> int:
        """Counties still to be standardised."""
        return self.coverage.counties - self.coverage.standardised


@dataclass(frozen=True, slots=True)
class Overview:
    """A committee with everything below it, in one month."""

    coverage: Coverage
    month: date
    as_of: datetime
    volunteers: int
    new_volunteers: int
    figures: Figures
    figures_before: Figures
    months: dict[date, Figures]
    months_before: dict[date, Figures]
    rows: tuple[Row, ...]

    @property
    def below(self) -> str:
        """What the rows are told of coverage as: ``cities``, ``counties``, or not at all."""
        if not self.coverage.counties:
            return ""
        if self.coverage.level == Level.PROVINCE:
            return "cities"
        return "counties" if self.coverage.level == Level.CITY else ""

    @property
    def own(self) -> Figures:
        """Hours that the committee keeps itself; people are not told apart."""
        return Figures(
            self.figures.minutes - sum(row.figures.minutes for row in self.rows),
            self.figures.records - sum(row.figures.records for row in self.rows),
            on_time=self.figures.on_time - sum(row.figures.on_time for row in self.rows),
        )

    @property
    def own_volunteers(self) -> int:
        """People registered with the committee itself."""
        return self.volunteers - sum(row.volunteers for row in self.rows)

    @property
    def is_running(self) -> bool:
        """Whether the month has not ended yet, so that its figures still grow."""
        return self.month >= timezone.localdate().replace(day=1)

    @property
    def has_year_before(self) -> bool:
        """Whether most months have one a year earlier to be compared with."""
        known = sum(each.records > 0 for each in self.months_before.values())
        return known * 2 > len(self.months_before)


def overview(committee: Committee, *, month: date, on: date) -> Overview:
    """The dashboard's figures: hours of ``month`` (its first day), coverage on the day ``on``.

    Reads totals only, never records: a handful of statements whatever lies below.
    """
    covered = coverage(path=committee.path, on=on)
    paths = [committee.path, *(child.path for child in covered.children)]
    registered = registered_by_committee(RegistryTotal.objects.of(paths), month=month)
    nobody = (0, 0)
    volunteers, new_volunteers = registered.get(committee.path, nobody)
    shown = month_starts(months_back(month, MONTHS_SHOWN - 1), month)
    before = [months_back(each, 12) for each in shown]
    cells = HoursTotal.objects.of(paths).months(month, month)
    cells |= HoursTotal.objects.of([committee.path]).months(before[0], month)
    figures = figures_by_month(cells.all_kinds())

    def own(month: date) -> Figures:
        return figures.get((committee.path, month), Figures())

    return Overview(
        coverage=covered,
        month=month,
        as_of=counted_until(),
        volunteers=volunteers,
        new_volunteers=new_volunteers,
        figures=own(month),
        figures_before=own(months_back(month, 1)),
        months={each: own(each) for each in shown},
        months_before={each: own(earlier) for each, earlier in zip(shown, before, strict=True)},
        rows=tuple(
            Row(
                coverage=child,
                volunteers=registered.get(child.path, nobody)[0],
                figures=figures.get((child.path, month), Figures()),
            )
            for child in covered.children
        ),
    )


def months_back(month: date, count: int) -> date:
    """The first day of the month ``count`` months earlier."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
