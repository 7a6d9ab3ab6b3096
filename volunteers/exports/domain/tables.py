"""What each kind of export holds: its columns, and its rows read by key in chunks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.web.figures import MINUTES_OF_AN_HOUR
from core.web.keyset import capped_count
from core.workbooks.tables import Column
from organizations.committees.models import Committee
from volunteers.exports.domain.audit import audit_columns, audit_parts
from volunteers.exports.models import ExportKind
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import clock_of
from volunteers.hours.summary import records_asked
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import volunteers_asked

__all__ = ["CHUNK", "Table", "table_of"]

# So many rows are held at a time, however long the list is.
CHUNK = 2_000
Cells = Sequence[str | int | float | date | None]
M = TypeVar("M", bound=Model)
# Rows of one model, what a chunk of them is written as, and whom it names.
Part = tuple[
    QuerySet[Any], Callable[[list[Any]], Iterable[Cells]], Callable[[list[Any]], Iterable[int]]
]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that were asked for, inside the open scope, and how they are written."""

    columns: Sequence[Column]
    parts: Sequence[Part]

    def cells(self, names: Callable[[set[int]], None] | None = None) -> Iterator[Cells]:
        """All rows, newest first; a query for each chunk, none deeper than the others.

        ``names`` is told the keys of the people in each chunk before its rows come.
        """
        for rows, cells_of, people_in in self.parts:
            for chunk in _chunks(rows):
                if names is not None:
                    names(set(people_in(chunk)))
                yield from cells_of(chunk)

    def count(self, *, cap: int) -> int:
        """How many rows there are, exactly up to ``cap``; more than that stands for more."""
        return sum(capped_count(rows, cap=cap) for rows, *_how in self.parts)


def table_of(kind: str, asked: Mapping[str, str], *, below: str, reach: str) -> Table:
    """What a list of that kind shows of the committee ``below``; ``reach`` is the actor's own."""
    if kind == ExportKind.RECORDS:
        records = records_asked(asked, below=below, reach=reach)
        return Table(_record_columns(), [(records, _record_rows, _people_of_records)])
    if kind == ExportKind.DISCLOSURES:
        return Table(audit_columns(), audit_parts(int(asked["year"]), below=below))
    people = volunteers_asked(asked, below=below)
    return Table(_volunteer_columns(), [(people, _volunteer_rows, _keys)])


def _chunks(rows: QuerySet[M]) -> Iterator[list[M]]:
    newest = rows.order_by("-pk")
    chunk = list(newest[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(newest.filter(pk__lt=chunk[-1].pk)[:CHUNK]) if len(chunk) == CHUNK else []


def _keys(chunk: list[Volunteer]) -> Iterator[int]:
    return (person.pk for person in chunk)


def _people_of_records(chunk: list[ServiceRecord]) -> Iterator[int]:
    return (record.volunteer_id for record in chunk)


def _volunteer_columns() -> list[Column]:
    return [
        Column(_("Name")),
        Column(_("Portal number")),
        Column(_("Township"), 30),
        Column(_("Gender"), 8),
        Column(_("Age"), 8, "number"),
        Column(_("Telephone"), 16),
        Column(_("Identity document"), 22),
        Column(_("Registered on"), 12, "day"),
        Column(_("State"), 10),
        Column(_("Skills"), 24),
    ]


def _volunteer_rows(chunk: list[Volunteer]) -> Iterator[Cells]:
    names = _committee_names(chunk)
    for person in chunk:
        yield (
            person.name,
            person.number,
            names.get(person.committee_id, ""),
            person.get_gender_display(),
            person.age,
            person.phone_mask,
            person.identity_mask,
            person.registered_on,
            person.get_state_display(),
            "、".join(person.skills),
        )


def _record_columns() -> list[Column]:
    return [
        Column(_("Volunteer")),
        Column(_("Portal number")),
        Column(_("Date"), 12, "day"),
        Column(pgettext("time", "From"), 8),
        Column(pgettext("time", "To"), 8),
        Column(_("Hours"), 8, "hours"),
        Column(_("State"), 12),
        Column(_("Activity"), 30),
        Column(_("Kind"), 20),
        Column(_("Committee"), 30),
        Column(_("Source"), 16),
    ]


def _record_rows(chunk: list[ServiceRecord]) -> Iterator[Cells]:
    names = _committee_names(chunk)
    for record in chunk:
        start, end = clock_of(record.during)
        yield (
            record.volunteer_name,
            record.volunteer_number,
            record.served_on,
            start,
            end,
            record.minutes / MINUTES_OF_AN_HOUR,
            record.get_state_display(),
            record.activity_title,
            record.get_kind_display(),
            names.get(record.committee_id, ""),
            record.get_source_display(),
        )


def _committee_names(chunk: Iterable[Volunteer | ServiceRecord]) -> dict[str, str]:
    paths = {row.committee_id for row in chunk}
    return dict(Committee.objects.filter(path__in=paths).values_list("path", "full_name"))
