"""Sums of totals over a span of months, with people counted once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from organizations.committees.models import Committee
from volunteers.totals.models import HoursTotal
from volunteers.totals.queries import (
    Figures,
    HoursTotalQuerySet,
    child_width,
    month_starts,
    people_between,
    totals_by,
)

__all__ = ["Span", "by_committee", "by_kind", "by_month", "overall"]


@dataclass(frozen=True, slots=True)
class Span:
    """A committee with everything below it, and months from first to last, as first days."""

    path: str
    first: date
    last: date

    @property
    def end(self) -> date:
        """The day after the last month."""
        after_december = self.last.month == 12
        return date(
            self.last.year + after_december, 1 if after_december else self.last.month + 1, 1
        )

    @property
    def is_one_month(self) -> bool:
        """Whether a cell already holds people counted once."""
        return self.first == self.last

    def cells(self, *paths: str) -> HoursTotalQuerySet:
        """The totals of these committees in the span."""
        return HoursTotal.objects.of(paths).months(self.first, self.last)


def overall(span: Span) -> Figures:
    """The committee's own figures."""
    found = totals_by(span.cells(span.path).all_kinds(), "committee_id")
    figures = found.get(span.path, Figures())
    if span.is_one_month or not figures.records:
        return figures
    people = people_between(path=span.path, first=span.first, end=span.end)
    return replace(figures, volunteers=people.get(span.path, 0))


def by_month(span: Span) -> dict[date, Figures]:
    """Figures of each month, months without any included."""
    found = totals_by(span.cells(span.path).all_kinds(), "month")
    return {month: found.get(month, Figures()) for month in month_starts(span.first, span.last)}


def by_kind(span: Span) -> dict[str, Figures]:
    """Figures of each kind of service that occurs."""
    found = {
        str(kind): each for kind, each in totals_by(span.cells(span.path).by_kind(), "kind").items()
    }
    if span.is_one_month:
        return found
    people = people_between(path=span.path, first=span.first, end=span.end, by="kind")
    return {kind: replace(each, volunteers=people.get(kind, 0)) for kind, each in found.items()}


def by_committee(span: Span) -> dict[str, Figures]:
    """Figures of each committee one level down, by path.

    Records that the committee itself keeps stand under its own path, so that the rows add up to
    the whole; so do those of a committee without any below.
    """
    children = Committee.objects.children_of(span.path).values_list("path", flat=True)
    found = {
        str(path): each
        for path, each in totals_by(span.cells(*children).all_kinds(), "committee_id").items()
    }
    whole = overall(span)
    own = Figures(
        whole.minutes - sum(each.minutes for each in found.values()),
        whole.records - sum(each.records for each in found.values()),
        on_time=whole.on_time - sum(each.on_time for each in found.values()),
    )
    rows = {path: found.get(path, Figures()) for path in children}
    if own.records:
        rows[span.path] = own
    if span.is_one_month and not own.records:
        return rows
    people = people_between(
        path=span.path, first=span.first, end=span.end, width=child_width(span.path)
    )
    return {path: replace(each, volunteers=people.get(path, 0)) for path, each in rows.items()}
