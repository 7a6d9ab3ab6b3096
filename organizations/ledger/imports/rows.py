"""From a row's cells to what the ledger says of one organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.utils import timezone

from core.workbooks.cells import (
    CellError,
    is_none_word,
    parse_count,
    parse_date,
    parse_text,
    parse_yes_no,
)
from core.workbooks.shapes import Cell, Cells
from organizations.ledger.domain import LedgerEntry
from organizations.ledger.imports.columns import LEDGER_COLUMNS
from organizations.ledger.imports.counties import Counties
from organizations.ledger.imports.faults import LedgerFault, RowRefused
from organizations.ledger.models import Organization, OrganizationKind

__all__ = ["read_row"]

T = TypeVar("T")

_NAMES = [column.name for column in LEDGER_COLUMNS]
# Words in the kind's cell, or in the organisation's name, the surest first.
_KINDS = (
    ("联合会", OrganizationKind.FEDERATION),
    ("总会", OrganizationKind.FEDERATION),
    ("协会", OrganizationKind.ASSOCIATION),
    ("队", OrganizationKind.TEAM),
)
_MOST_VOLUNTEERS = 2_147_483_647


def read_row(values: Cells, counties: Counties) -> LedgerEntry | None:
    """The row's organisation, or None where the county has none, which is no fault.

    Raises `RowRefused` with the field at fault.
    """
    cells = dict(zip(_NAMES, values, strict=True))
    committee = counties.find(city=_text(cells["city"]), county=_text(cells["county"]))
    name = _text(cells["name"])
    if not name:
        return None
    most = Organization._meta.get_field("name").max_length or 0
    if len(name) > most:
        raise RowRefused("name", LedgerFault("ledger_name_too_long", most=most))
    person = _text(cells["responsible_person"])
    return LedgerEntry(
        committee=committee,
        name=name,
        kind=_kind(_text(cells["kind"]), name),
        standardised=_taken("standardised", parse_yes_no, cells["standardised"]),
        founded_on=_founded_on(cells["founded_on"]),
        registered_with_civil_affairs=_taken("registered", parse_yes_no, cells["registered"]),
        responsible_person=person[: Organization._meta.get_field("responsible_person").max_length],
        reported_volunteers=_count(cells["reported_volunteers"]),
        notes=_text(cells["notes"]),
    )


def _text(cell: Cell) -> str:
    return "" if is_none_word(cell) else parse_text(cell)


def _taken(field: str, parse: Callable[[Cell], T], cell: Cell) -> T:
    try:
        return parse(cell)
    except CellError as fault:
        raise RowRefused(field, fault) from fault


def _founded_on(cell: Cell) -> date | None:
    day = _taken("founded_on", lambda value: parse_date(value, month_ok=True), cell)
    if day is not None and day > timezone.localdate():
        raise RowRefused("founded_on", LedgerFault("ledger_founded_ahead", day=day.isoformat()))
    return day


def _count(cell: Cell) -> int | None:
    count = _taken("reported_volunteers", parse_count, cell)
    if count is not None and count > _MOST_VOLUNTEERS:
        raise RowRefused("reported_volunteers", CellError("count_unknown", value=str(count)))
    return count


def _kind(said: str, name: str) -> str:
    """The kind as written, or else as the name tells it."""
    for text in filter(None, (said, name)):
        for word, kind in _KINDS:
            if word in text:
                return kind
    if said:
        raise RowRefused("kind", LedgerFault("ledger_kind_unknown", kind=said))
    return OrganizationKind.TEAM
