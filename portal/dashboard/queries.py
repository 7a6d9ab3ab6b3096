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
    month_starts,
    registered_by_committee,
    totals_by,
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
    this_month = totals_by(
        HoursTotal.objects.of(paths).months(month, month).all_kinds(), "committee_id"
    )
    registered = registered_by_committee(RegistryTotal.objects.of(paths))
    new = RegistryTotal.objects.of([committee.path]).filter(month=month)
    shown = month_starts(months_back(month, MONTHS_SHOWN - 1), month)
    before = [months_back(each, 12) for each in shown]
    series = totals_by(
        HoursTotal.objects.of([committee.path]).months(before[0], month).all_kinds(), "month"
    )
    return Overview(
        coverage=covered,
        month=month,
        as_of=counted_until(),
        volunteers=registered.get(committee.path, 0),
        new_volunteers=registered_by_committee(new).get(committee.path, 0),
        figures=series.get(month, Figures()),
        figures_before=series.get(months_back(month, 1), Figures()),
        months={each: series.get(each, Figures()) for each in shown},
        months_before={
            each: series.get(earlier, Figures())
            for each, earlier in zip(shown, before, strict=True)
        },
        rows=tuple(
            Row(
                coverage=child,
                volunteers=registered.get(child.path, 0),
                figures=this_month.get(child.path, Figures()),
            )
            for child in covered.children
        ),
    )


def months_back(month: date, count: int) -> date:
    """The first day of the month ``count`` months earlier."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
