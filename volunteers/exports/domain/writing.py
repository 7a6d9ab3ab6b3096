"""Writing the file of an export, chunk by chunk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs.errors import JobFailed
from core.workbooks.tables import write_csv, write_xlsx
from organizations.accounts.actors import Actor
from volunteers.exports.domain.opened import opened_table
from volunteers.exports.domain.tables import CHUNK, Cells, Table, table_of
from volunteers.exports.models import Export, ExportedPeople, ExportForm

__all__ = ["FOLDER", "MOST_ROWS", "write_export"]

FOLDER = "exports"
# A sheet holds hardly more, and nobody reads as many.
MOST_ROWS = 1_000_000
_KEPT = timedelta(days=3)


def write_export(export: Export, *, actor: Actor, progress: Callable[[int, int], None]) -> Export:
    """Reads the list anew in the actor's scope and keeps the file for three days.

    ``progress`` is told how many rows of how many are written. Raises `JobFailed` for more than
    a million rows.
    """
    actor.must("exports.make")
    table = _table(export, actor)
    total = table.count(cap=MOST_ROWS)
    if total > MOST_ROWS:
        message = _("That are more than {most} rows. Narrow the list and export it in parts.")
        raise JobFailed(message.format(most=f"{MOST_ROWS:,}"))
    cells = table.cells(_noting(export))
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / f"list.{export.form}"
        export.rows = _write(export, table, path, _counted(cells, total, progress))
        export.file = _store(path, f"{FOLDER}/{export.nonce}.{export.form}")
    export.expires_at = _kept_until(export)
    export.save(update_fields=["rows", "file", "expires_at"])
    return export


def _table(export: Export, actor: Actor) -> Table:
    if export.disclosure is not None:
        return opened_table(export.disclosure, actor=actor)
    reach = actor.scope.committee
    return table_of(export.kind, export.asked, below=export.committee_id, reach=reach)


def _kept_until(export: Export) -> datetime:
    """Three days, and full data no longer than the access is open."""
    until = timezone.now() + _KEPT
    ends = export.disclosure.expires_at if export.disclosure is not None else None
    return min(until, ends) if ends is not None else until


def _noting(export: Export) -> Callable[[set[int]], None]:
    """Keeps who stands in the file: each of them can ask who took it along."""

    def note(people: set[int]) -> None:
        if people:
            ExportedPeople.objects.create(
                export=export, committee_id=export.committee_id, people=sorted(people)
            )

    return note


def _write(export: Export, table: Table, path: Path, cells: Iterable[Cells]) -> int:
    if export.form == ExportForm.CSV:
        return write_csv(path, table.columns, cells)
    return write_xlsx(path, _("List"), table.columns, cells)


def _counted(
    cells: Iterable[Cells], total: int, progress: Callable[[int, int], None]
) -> Iterator[Cells]:
    progress(0, total)
    done = 0
    for done, row in enumerate(cells, start=1):
        yield row
        if done % CHUNK == 0:
            progress(done, total)
    progress(done, max(done, total))


def _store(path: Path, name: str) -> str:
    # A worker that was killed after this may have left the file of its attempt.
    default_storage.delete(name)
    with path.open("rb") as file:
        return default_storage.save(name, File(file))
