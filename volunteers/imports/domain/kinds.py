"""The kinds of workbooks that can be brought in, and what each needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.workbooks import CellError, Column, Sheet
from core.workbooks.headers import names_what_is_needed
from core.workbooks.results import ImportResult
from core.workbooks.shapes import Progress
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from organizations.ledger.imports import LEDGER_COLUMNS, import_ledger_sheet
from organizations.ledger.imports.faults import LedgerFault
from volunteers.hours.imports import HOURS_COLUMNS, HoursFault, import_hours
from volunteers.imports.models import ImportKind
from volunteers.registry.imports import ROSTER_COLUMNS, RosterFault, import_roster

__all__ = ["IMPORTERS", "Importer", "Order", "fault_of", "kind_of_header"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked of an importer: for whom, by whom, and whether only to try it."""

    committee: Committee
    actor: Actor
    file_name: str
    sha256: str
    declaration: str
    check: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One kind. ``columns_of_rules`` names the column that a fault between rows is shown under."""

    action: str
    columns: tuple[Column, ...]
    faults: type[CellError]
    take: Callable[[Sheet, Order], ImportResult]
    columns_of_rules: Mapping[str, str]

    def column_of(self, field: str) -> str:
        """The column whose cell a fault of ``field`` is about."""
        return self.columns_of_rules.get(field, field)


def fault_of(kind: str, code: str, params: Mapping[str, Any]) -> CellError:
    """A fault that was stored; its sentence is made in the language active now."""
    return IMPORTERS[ImportKind(kind)].faults(code, **params)


def _take_roster(sheet: Sheet, order: Order) -> ImportResult:
    return import_roster(
        sheet,
        committee=order.committee,
        actor=order.actor,
        consent=order.declaration,
        check=order.check,
        progress=order.progress,
    )


def _take_hours(sheet: Sheet, order: Order) -> ImportResult:
    return import_hours(
        sheet,
        committee=order.committee,
        actor=order.actor,
        title=order.file_name,
        evidence=_("Workbook “{file}”, checksum {digest}").format(
            file=order.file_name, digest=order.sha256[:16]
        ),
        check=order.check,
        progress=order.progress,
    )


def _take_ledger(sheet: Sheet, order: Order) -> ImportResult:
    return import_ledger_sheet(
        sheet,
        committee=order.committee,
        actor=order.actor,
        check=order.check,
        progress=order.progress,
    )


IMPORTERS: Mapping[ImportKind, Importer] = {
    ImportKind.VOLUNTEERS: Importer(
        action="volunteers.import",
        columns=ROSTER_COLUMNS,
        faults=RosterFault,
        take=_take_roster,
        columns_of_rules={"duplicate": "id_number"},
    ),
    ImportKind.HOURS: Importer(
        action="hours.import",
        columns=HOURS_COLUMNS,
        faults=HoursFault,
        take=_take_hours,
        columns_of_rules={"time": "start", "overlap": "start"},
    ),
    ImportKind.LEDGER: Importer(
        action="organizations.import",
        columns=LEDGER_COLUMNS,
        faults=LedgerFault,
        take=_take_ledger,
        columns_of_rules={"duplicate": "name"},
    ),
}


def kind_of_header(texts: Sequence[str], *, actor: Actor) -> ImportKind | None:
    """The one kind that the actor may bring in and whose required columns are all named here."""
    fitting = [
        kind
        for kind, importer in IMPORTERS.items()
        if actor.may(importer.action) and names_what_is_needed(texts, importer.columns)
    ]
    return fitting[0] if len(fitting) == 1 else None
