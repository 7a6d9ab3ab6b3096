"""The ledger from a workbook, as provinces keep it: one row a county."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.workbooks.isolation import read_in_child
from core.workbooks.results import ImportResult, RefusedRow
from core.workbooks.shapes import Progress, Row, Sheet
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from organizations.ledger.domain import LedgerEntry, take_ledger
from organizations.ledger.imports.columns import LEDGER_COLUMNS
from organizations.ledger.imports.counties import Counties
from organizations.ledger.imports.faults import LedgerFault, RowRefused
from organizations.ledger.imports.rows import read_row

__all__ = ["KIND", "LEDGER_COLUMNS", "import_ledger", "import_ledger_sheet"]

KIND = "ledger"
_MONTH = re.compile(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})(?!\d)")


def import_ledger(
    path: Path,
    *,
    actor: Actor,
    check: bool = False,
    as_of: date | None = None,
    mapping: Mapping[str, int | None] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Takes the ledger of the counties below the actor's committee, inside the actor's scope.

    Rows without an organisation are no fault; a county is found by its name below its city.
    ``as_of`` is any day of the month that the ledger stands for; by default the month in its
    title, else today's. ``check`` changes nothing. Taking the same ledger again adds nothing.
    Raises `WorkbookRefused` for a file that cannot be read, and `PermissionDenied`.
    """
    committee = _own_committee(actor)
    with read_in_child(path, LEDGER_COLUMNS, mapping=mapping, progress=progress) as sheet:
        return import_ledger_sheet(
            sheet, committee=committee, actor=actor, check=check, as_of=as_of
        )


def import_ledger_sheet(
    sheet: Sheet,
    *,
    committee: Committee,
    actor: Actor,
    check: bool = False,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """As `import_ledger`, of a sheet read with `LEDGER_COLUMNS`; takes counties of ``committee``.

    Raises `PermissionDenied`.
    """
    actor.must("organizations.import")
    month = (as_of or _month_of(sheet.above) or timezone.localdate()).replace(day=1)
    counties = Counties.below(committee.path, on=timezone.localdate())
    entries, refused = _entries(sheet, counties)
    with transaction.atomic():
        taken = take_ledger(entries, as_of=month, actor=actor)
        if check:
            transaction.set_rollback(True)
    if progress is not None:
        progress(sheet.count, sheet.count)
    accepted = sheet.count - len(refused)
    return ImportResult(
        kind=KIND,
        rows=sheet.count,
        accepted=accepted,
        refused=refused,
        # Rows that name no organisation change nothing either.
        unchanged=accepted - taken.created - taken.amended,
    )


def _own_committee(actor: Actor) -> Committee:
    actor.must("organizations.import")
    if actor.committee is None:
        raise PermissionDenied
    return actor.committee


def _month_of(titles: tuple[str, ...]) -> date | None:
    """The month in a title such as 台账（2021年4月）."""
    for title in titles:
        found = _MONTH.search(title)
        if found and 1 <= int(found[2]) <= 12 and 1900 < int(found[1]) <= 2100:
            return date(int(found[1]), int(found[2]), 1)
    return None


def _entries(sheet: Sheet, counties: Counties) -> tuple[list[LedgerEntry], list[RefusedRow]]:
    seen: dict[tuple[str, str], int] = {}
    entries: list[LedgerEntry] = []
    refused: list[RefusedRow] = []
    for row in sheet.rows:
        try:
            entry = _entry(row, counties, seen)
        except RowRefused as refusal:
            refused.append(RefusedRow(row.number, refusal.field, refusal.fault))
        else:
            if entry is not None:
                entries.append(entry)
    return entries, refused


def _entry(row: Row, counties: Counties, seen: dict[tuple[str, str], int]) -> LedgerEntry | None:
    entry = read_row(row.values, counties)
    if entry is None:
        return None
    first = seen.setdefault((entry.committee, entry.name), row.number)
    if first != row.number:
        raise RowRefused("duplicate", LedgerFault("ledger_duplicate", row=first))
    return entry
