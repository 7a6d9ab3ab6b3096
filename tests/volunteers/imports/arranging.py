"""How the tests of imports send files, let their jobs run and look at what is left."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import acting_as
from core.workbooks import Cell, read_workbook
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from tests.database import as_owner
from volunteers.imports.domain import IMPORTERS, order_import, upload_workbook
from volunteers.imports.models import ImportKind, ImportRun

__all__ = ["brought_in", "job_of", "order", "refused_rows", "run_job", "sent", "stored", "upload"]


def upload(path: Path) -> SimpleUploadedFile:
    """The file as a browser sends it."""
    return SimpleUploadedFile(path.name, path.read_bytes())


def sent(
    path: Path,
    kind: ImportKind,
    *,
    committee: Committee,
    actor: Actor,
    nonce: UUID | None = None,
    mends: ImportRun | None = None,
) -> ImportRun:
    """A file that has arrived and waits for its check."""
    with acting_as(actor.scope):
        return upload_workbook(
            upload(path),
            kind=kind,
            committee=committee,
            actor=actor,
            nonce=nonce or uuid4(),
            mends=mends,
        )


def order(run: ImportRun, actor: Actor, *, consent: bool = True) -> ImportRun:
    """Asks for a checked file to be brought in."""
    with acting_as(actor.scope):
        return order_import(run, actor=actor, consent_declared=consent)


def brought_in(
    path: Path,
    kind: ImportKind,
    *,
    committee: Committee,
    actor: Actor,
    mends: ImportRun | None = None,
) -> ImportRun:
    """The whole way: sent, checked, ordered, brought in."""
    run = run_job(sent(path, kind, committee=committee, actor=actor, mends=mends))
    return run_job(order(run, actor))


def run_job(run: ImportRun) -> ImportRun:
    """Does the work that the import waits for; the import as it is then."""
    assert run.job_id is not None
    assert run_job_now(run.job_id)
    return stored(run)


def stored(run: ImportRun) -> ImportRun:
    """The import as it stands."""
    with as_owner():
        return ImportRun.objects.with_committee().get(pk=run.pk)


def job_of(run: ImportRun) -> Job:
    """The job that it waits for, or that ended last."""
    with as_owner():
        return Job.objects.get(pk=run.job_id or 0)


def refused_rows(run: ImportRun, folder: Path) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Header and rows of the workbook that the import gives back."""
    path = folder / "refused.xlsx"
    with default_storage.open(run.refused_file) as file:
        path.write_bytes(file.read())
    with read_workbook(path, IMPORTERS[ImportKind(run.kind)].columns) as sheet:
        return sheet.header, [row.cells for row in sheet.rows]
