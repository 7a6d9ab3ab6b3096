"""A file arrives, and what people decide about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs.domain import enqueue_job
from core.jobs.models import Job
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.imports.domain.files import (
    discard_on_commit,
    sha256_of,
    store_file,
    suffix_of,
)
from volunteers.imports.domain.kinds import IMPORTERS
from volunteers.imports.models import ImportKind, ImportRun, Stage

__all__ = [
    "CHECK_JOB",
    "TAKE_JOB",
    "choose_columns",
    "declaration_of",
    "order_import",
    "read_as",
    "settle_import",
    "take_workbook_at_once",
    "upload_workbook",
]

CHECK_JOB = "imports.check"
TAKE_JOB = "imports.take"
_MEGABYTE = 1024 * 1024


def declaration_of(actor: Actor, committee: Committee) -> str:
    """The organisation's declaration of consent, as it is kept on each volunteer."""
    sentence = _("{committee} declares through {name}, on {date}, that everyone listed agreed.")
    return sentence.format(
        committee=committee.name, name=actor.name, date=timezone.localdate().isoformat()
    )[:200]


def upload_workbook(
    file: File[Any],
    *,
    kind: ImportKind,
    committee: Committee,
    actor: Actor,
    nonce: UUID,
    mends: ImportRun | None = None,
) -> ImportRun:
    """Keep a workbook and have it checked.

    ``mends`` is the import whose refused rows it brings again. The same ``nonce`` again gives the
    first import. Raises `PermissionDenied`, and `Refusal` with the form's ``field``.
    """
    return _arrived(
        file, CHECK_JOB, kind=kind, committee=committee, actor=actor, nonce=nonce, mends=mends
    )


def take_workbook_at_once(
    file: File[Any], *, kind: ImportKind, committee: Committee, actor: Actor, nonce: UUID
) -> ImportRun:
    """Keep a workbook and have it brought in without a check before, as programs do.

    Sending a roster so is the declaration that everyone listed agreed. Raises as
    `upload_workbook`.
    """
    return _arrived(file, TAKE_JOB, kind=kind, committee=committee, actor=actor, nonce=nonce)


def _arrived(
    file: File[Any],
    job_kind: str,
    *,
    kind: ImportKind,
    committee: Committee,
    actor: Actor,
    nonce: UUID,
    mends: ImportRun | None = None,
) -> ImportRun:
    actor.must(IMPORTERS[kind].action)
    _check_file(file)
    file_name = (file.name or "").rpartition("/")[2][-200:]
    run = ImportRun(
        kind=kind,
        committee=committee,
        file_name=file_name,
        sha256=sha256_of(file),
        imported_by=actor.user,
        imported_by_label=actor.label,
        mends=mends,
        nonce=nonce,
    )
    if job_kind == TAKE_JOB:
        run.declaration = declaration_of(actor, committee)
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError as error:
        return _sent_before(nonce, error)
    run.file = store_file(file, f"{nonce}{suffix_of(file_name)}")
    _enqueue(run, job_kind, actor)
    return run


def choose_columns(
    run: ImportRun,
    *,
    mapping: dict[str, int | None],
    sheet: str | None,
    header_row: int | None,
    actor: Actor,
) -> ImportRun:
    """Read the file again with other columns, and check it anew.

    ``mapping`` is column name to spreadsheet column from 0, None for "there is none".
    ``header_row`` counts from 1. Raises `Refusal` once the file is brought in.
    """
    actor.must(IMPORTERS[ImportKind(run.kind)].action)
    run = _locked(run)
    _must_be_at_rest(run)
    run.choices = {"mapping": mapping, "sheet": sheet, "header_row": header_row}
    run.stage = Stage.UPLOADED
    _enqueue(run, CHECK_JOB, actor)
    return run


def read_as(run: ImportRun, kind: ImportKind, *, actor: Actor) -> ImportRun:
    """Read the file again as another kind of workbook, and check it anew.

    Raises `Refusal` once the file is brought in or while it is being read.
    """
    actor.must(IMPORTERS[ImportKind(run.kind)].action)
    actor.must(IMPORTERS[kind].action)
    run = _locked(run)
    _must_be_at_rest(run)
    run.kind, run.choices, run.stage = kind, {}, Stage.UPLOADED
    _enqueue(run, CHECK_JOB, actor)
    return run


def order_import(run: ImportRun, *, actor: Actor, consent_declared: bool = False) -> ImportRun:
    """Have a checked file brought in. Asking twice is asking once.

    A roster needs the declaration that everyone listed agreed. Raises `Refusal` when it lacks, or
    when the file is not checked or brought in already.
    """
    actor.must(IMPORTERS[ImportKind(run.kind)].action)
    run = _locked(run)
    if run.stage != Stage.CHECKED:
        message = _("This file has not been checked yet. Wait for the check, then bring it in.")
        raise Refusal(message, code="not_checked")
    if run.kind == ImportKind.VOLUNTEERS and not consent_declared:
        message = _("Declare that everyone listed agreed to be registered; without it none can be.")
        raise Refusal(message, code="consent_missing", field="consent_declared")
    if not _job_is_active(run):
        run.declaration = declaration_of(actor, run.committee) if consent_declared else ""
        _enqueue(run, TAKE_JOB, actor)
    return run


def settle_import(run: ImportRun, *, actor: Actor) -> ImportRun:
    """Say that the refused rows need nothing more: it leaves the list of what waits."""
    actor.must(IMPORTERS[ImportKind(run.kind)].action)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    run.mended = True
    discard_on_commit(run.refused_file)
    run.refused_file = ""
    run.save(update_fields=["mended", "refused_file"])
    return run


def _sent_before(nonce: UUID, error: IntegrityError) -> ImportRun:
    run = ImportRun.objects.with_committee().filter(nonce=nonce).first()
    if run is None:
        message = _("This form was sent by somebody else. Load the page again and send the file.")
        raise Refusal(message, code="nonce_taken") from error
    return run


def _check_file(file: File[Any]) -> None:
    if not file.size:
        message = _("The file is empty. Check that you chose the right one.")
        raise Refusal(message, code="empty_file", field="file")
    if file.size > settings.UPLOAD_MAX_BYTES:
        message = _("The file is larger than {limit} MB. Divide it into several files.")
        limit = settings.UPLOAD_MAX_BYTES // _MEGABYTE
        raise Refusal(message.format(limit=limit), code="file_too_large", field="file")


def _locked(run: ImportRun) -> ImportRun:
    """The run, held until the end of the transaction, so that two requests follow each other."""
    run = ImportRun.objects.select_for_update(of=("self",)).with_committee().get(pk=run.pk)
    if run.stage == Stage.DONE:
        message = _("This file is brought in already; nothing was added.")
        raise Refusal(message, code="already_imported")
    return run


def _must_be_at_rest(run: ImportRun) -> None:
    if _job_is_active(run):
        message = _("The file is being read. Wait for the end, then choose the columns.")
        raise Refusal(message, code="being_read")


def _job_is_active(run: ImportRun) -> bool:
    """Whether one's own job is at it. Another person's cannot be seen; whoever comes last fails."""
    return Job.objects.unfinished().filter(pk=run.job_id or 0).exists()


def _enqueue(run: ImportRun, kind: str, actor: Actor) -> None:
    title = _("Check of {file}") if kind == CHECK_JOB else _("Import of {file}")
    job = enqueue_job(
        kind=kind,
        parameters={"run": run.pk},
        actor=actor,
        title=title.format(file=run.file_name),
        nonce=uuid4(),
    )
    run.job_id = job.pk
    run.save()
