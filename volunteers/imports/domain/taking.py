"""Checking a file and bringing it in: what the jobs and the command do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.workbooks import Sheet, WorkbookRefused
from core.workbooks.isolation import read_in_child
from core.workbooks.results import ImportResult
from core.workbooks.shapes import Progress
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.imports.domain.files import discard_on_commit, local_copy, sha256_of
from volunteers.imports.domain.kinds import IMPORTERS, Importer, Order
from volunteers.imports.domain.reports import (
    field_label,
    found_faults,
    outline_of,
    save_faults,
    save_refused_file,
)
from volunteers.imports.domain.uploading import declaration_of
from volunteers.imports.models import ImportKind, ImportRun, Stage

__all__ = ["check_import", "import_path", "take_import"]

_FAULTS_SHOWN = 50


def check_import(run: ImportRun, *, actor: Actor, progress: Progress | None = None) -> ImportRun:
    """Try the whole import and take it back; leave what would happen in ``findings``.

    Where required columns are not found, the stage becomes the question for them instead. Raises
    `Refusal` for a file that cannot be read or is brought in already.
    """
    run, importer = _begin(run, actor)
    with _opened(run, importer, progress) as sheet:
        run.outline = outline_of(sheet)
        if sheet.missing:
            run.stage = Stage.COLUMNS
        else:
            result = importer.take(sheet, _order(run, actor, progress, check=True))
            run.findings = {
                "rows": result.rows,
                "accepted": result.accepted,
                "unchanged": result.unchanged,
                "refused": len(result.refused),
                "already": result.already,
                # What stands already needs nobody: it would only bury what does.
                "faults": list(
                    found_faults(sheet, result.without_already(), importer, limit=_FAULTS_SHOWN)
                ),
            }
            run.stage = Stage.CHECKED
    run.save()
    return run


def take_import(run: ImportRun, *, actor: Actor, progress: Progress | None = None) -> ImportRun:
    """Bring the file in: good rows are written, refused ones kept with their reasons.

    The uploaded file is discarded, since it holds identifiers in clear; the workbook of refused
    rows stays until they are dealt with. Raises as `check_import`, also for missing columns.
    """
    run, importer = _begin(run, actor)
    with _opened(run, importer, progress) as sheet:
        run.outline = outline_of(sheet)
        _require_columns(sheet, importer)
        result = importer.take(sheet, _order(run, actor, progress))
        _finish(run, sheet, result, importer)
    return run


def import_path(
    path: Path,
    *,
    kind: ImportKind,
    committee: Committee,
    actor: Actor,
    check: bool = False,
    progress: Progress | None = None,
) -> tuple[ImportResult, ImportRun | None]:
    """Bring in a file that lies on this machine; without a run when it is only checked.

    Raises `WorkbookRefused`, `Refusal` for missing columns, `PermissionDenied`, `OSError`.
    """
    importer = IMPORTERS[kind]
    actor.must(importer.action)
    run = ImportRun(
        kind=kind,
        committee=committee,
        file_name=path.name[-200:],
        declaration=declaration_of(actor, committee),
        imported_by=actor.user,
        imported_by_label=actor.label,
    )
    with path.open("rb") as file:
        run.sha256 = sha256_of(file)
    with read_in_child(path, importer.columns) as sheet:
        _require_columns(sheet, importer)
        result = importer.take(sheet, _order(run, actor, progress, check=check))
        if check:
            return result, None
        run.save()
        _finish(run, sheet, result, importer)
    return result, run


def _begin(run: ImportRun, actor: Actor) -> tuple[ImportRun, Importer]:
    importer = IMPORTERS[ImportKind(run.kind)]
    actor.must(importer.action)
    run = ImportRun.objects.select_for_update(of=("self",)).with_committee().get(pk=run.pk)
    if run.stage == Stage.DONE:
        message = _("This file is brought in already; nothing was added.")
        raise Refusal(message, code="already_imported")
    return run, importer


def _order(
    run: ImportRun, actor: Actor, progress: Progress | None, *, check: bool = False
) -> Order:
    return Order(
        committee=run.committee,
        actor=actor,
        file_name=run.file_name,
        sha256=run.sha256,
        declaration=run.declaration,
        check=check,
        progress=progress,
    )


@contextmanager
def _opened(run: ImportRun, importer: Importer, progress: Progress | None) -> Iterator[Sheet]:
    if not run.file:
        message = _("The file is no longer kept. Choose it again.")
        raise Refusal(message, code="file_discarded")
    choices: dict[str, Any] = {
        name: run.choices.get(name) for name in ("mapping", "sheet", "header_row")
    }
    try:
        with (
            local_copy(run.file) as path,
            read_in_child(path, importer.columns, progress=progress, **choices) as sheet,
        ):
            yield sheet
    except WorkbookRefused as refused:
        raise Refusal(refused.message, code=refused.code, field="file") from refused


def _require_columns(sheet: Sheet, importer: Importer) -> None:
    if sheet.missing:
        names = "、".join(field_label(importer, column.name) for column in sheet.missing)
        message = _("The sheet “{sheet}” has no column for: {columns}. Check its header row.")
        raise Refusal(message.format(sheet=sheet.name, columns=names), code="columns_missing")


def _finish(run: ImportRun, sheet: Sheet, result: ImportResult, importer: Importer) -> None:
    run.rows = result.rows
    run.accepted = result.accepted
    run.refused = len(result.refused)
    run.already = result.already
    run.unchanged = result.unchanged
    run.stage = Stage.DONE
    run.finished_at = timezone.now()
    run.findings = {}
    run.refused_file = save_refused_file(run, sheet, result, importer)
    discard_on_commit(run.file)
    run.file = ""
    run.save()
    save_faults(run, sheet, result, importer)
    if run.mends_id:
        ImportRun.objects.filter(pk=run.mends_id, committee_id=run.committee_id).update(mended=True)
