"""What an import leaves for people: each refused row with its cell, and a workbook of them all."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from core.crypto.masks import mask_identity_number, mask_phone
from core.workbooks import Cell, Row, Sheet
from core.workbooks.results import ALREADY_RECORDED, ImportResult, RefusedRow
from core.workbooks.text import text_of
from core.workbooks.writer import write_refused_rows
from volunteers.imports.domain.files import store_file
from volunteers.imports.domain.kinds import IMPORTERS, Importer, fault_of
from volunteers.imports.models import ImportFault, ImportKind, ImportRun

__all__ = [
    "ShownFault",
    "field_label",
    "found_faults",
    "masked",
    "outline_of",
    "save_faults",
    "save_refused_file",
    "shown_fault",
]

_LONG_DIGITS = re.compile(r"[0-9０-９][0-9０-９ -]{12,}[0-9０-９XxＸｘ]")
_PHONE = re.compile(r"(?<![0-9０-９])[0-9０-９][0-9０-９ -]{5,12}[0-9０-９](?![0-9０-９])")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9]")
_LONGEST_VALUE = 60
_SAMPLES = 3
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A refused row as pages and the API show it."""

    row: int
    field: str
    label: str
    value: str
    code: str
    message: str


def shown_fault(kind: str, fault: ImportFault | dict[str, Any]) -> ShownFault:
    """A stored fault, or one of a check's findings, in the reader's language."""
    if isinstance(fault, ImportFault):
        fault = {
            "row": fault.row,
            "field": fault.field,
            "code": fault.code,
            "params": fault.params,
            "value": fault.value,
        }
    importer = IMPORTERS[ImportKind(kind)]
    return ShownFault(
        row=fault["row"],
        field=fault["field"],
        label=field_label(importer, fault["field"]),
        value=fault["value"],
        code=fault["code"],
        message=fault_of(kind, fault["code"], fault["params"]).message,
    )


def masked(cell: Cell) -> str:
    """A cell as pages show it: identity numbers and telephones in it are masked."""
    text = text_of(cell)
    text = _LONG_DIGITS.sub(lambda found: mask_identity_number(found[0]), text)
    return _PHONE.sub(_masked_phone, text)[:_LONGEST_VALUE]


def _masked_phone(found: re.Match[str]) -> str:
    return found[0] if _DATE.fullmatch(found[0]) else mask_phone(found[0])


def field_label(importer: Importer, field: str) -> str:
    """The column of a fault, in the reader's language."""
    name = importer.column_of(field)
    return next((_(str(c.label)) for c in importer.columns if c.name == name), name)


def outline_of(sheet: Sheet) -> dict[str, Any]:
    """The sheet as pages show it, with a few masked cells of each column."""
    samples: list[list[str]] = []
    for row in sheet.rows:
        samples.append([masked(cell) for cell in row.cells])
        if len(samples) == _SAMPLES:
            break
    return {
        "sheet": sheet.name,
        "sheets": list(sheet.outline.sheet_names),
        "rivals": list(sheet.rivals),
        "header_row": sheet.header_row,
        "header": list(sheet.header),
        "mapping": dict(sheet.mapping),
        "missing": [column.name for column in sheet.missing],
        "samples": samples,
        "count": sheet.count,
    }


def found_faults(
    sheet: Sheet, result: ImportResult, importer: Importer, *, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Row, field, code, params and masked value of each refused row, the first ``limit``."""
    for row, refused in _refused_rows(sheet, result, limit):
        yield {
            "row": refused.row,
            "field": refused.field,
            "code": refused.code,
            "params": refused.fault.params,
            "value": masked(_value(sheet, importer, row, refused.field)),
        }


def save_faults(run: ImportRun, sheet: Sheet, result: ImportResult, importer: Importer) -> None:
    """Keep each refused row of a finished import."""
    batch: list[ImportFault] = []
    for fault in found_faults(sheet, result, importer):
        batch.append(ImportFault(run=run, committee_id=run.committee_id, **fault))
        if len(batch) == _BATCH:
            ImportFault.objects.bulk_create(batch)
            batch = []
    ImportFault.objects.bulk_create(batch)


def save_refused_file(
    run: ImportRun, sheet: Sheet, result: ImportResult, importer: Importer
) -> str:
    """A workbook of the rows as they were sent, each with its reason; its name in the storage.

    What stands already is left out: there is nothing to mend about it. "" when nothing is left.
    """
    wanted = [row for row in result.refused if row.code != ALREADY_RECORDED]
    if not wanted:
        return ""
    kept = ImportResult(kind=result.kind, rows=result.rows, accepted=0, refused=wanted)
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / "refused.xlsx"
        write_refused_rows(
            path,
            sheet.header,
            (row.cells for row, _refused in _refused_rows(sheet, kept)),
            ((field_label(importer, row.field), row.message) for row in wanted),
        )
        with path.open("rb") as file:
            return store_file(File(file), f"{run.nonce}-refused.xlsx")


def _refused_rows(
    sheet: Sheet, result: ImportResult, limit: int | None = None
) -> Iterator[tuple[Row, RefusedRow]]:
    """Both lists follow the sheet's order, so they are walked side by side."""
    waiting = iter(result.refused[:limit])
    refused = next(waiting, None)
    if refused is None:
        return
    for row in sheet.rows:
        if row.number == refused.row:
            yield row, refused
            refused = next(waiting, None)
            if refused is None:
                return


def _value(sheet: Sheet, importer: Importer, row: Row, field: str) -> Cell:
    name = importer.column_of(field)
    for column, value in zip(sheet.columns, row.values, strict=True):
        if column.name == name:
            return value
    return None
