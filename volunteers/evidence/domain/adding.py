"""A file arrives: it is read by a child, made anew, and kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.pictures import PictureRefused, Pictures
from core.pictures.isolation import read_pictures
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.evidence.domain.holders import Holder
from volunteers.evidence.domain.room import lock_room, must_have_room
from volunteers.evidence.domain.stored import discard_bytes, store_pages
from volunteers.evidence.models import EvidenceFile

__all__ = ["add_evidence", "add_evidence_files"]

_MEGABYTE = 1024 * 1024


def add_evidence(file: File[Any], *, holder: Holder, actor: Actor) -> EvidenceFile:
    """Keeps the pictures of one file. Raises `Refusal` as `add_evidence_files` does."""
    [kept] = add_evidence_files([file], holder=holder, actor=actor)
    return kept


@transaction.atomic
def add_evidence_files(
    files: Iterable[File[Any]], *, holder: Holder, actor: Actor
) -> list[EvidenceFile]:
    """Keeps the pictures of all ``files`` with what ``holder`` names; their names are only shown.

    All stand or none leaves anything, rows or bytes. The same file sent twice is kept once: the
    second answer is the first one's. Raises `Refusal` for a holder that takes nothing more, a
    file too large or one too many, and what is no picture.
    """
    actor.must("evidence.add")
    written: list[str] = []
    try:
        return [_add(file, written, holder=holder, actor=actor) for file in files]
    except BaseException:
        # Storage knows of no transaction: what was refused later takes the earlier bytes along.
        discard_bytes(written)
        raise


def _add(file: File[Any], written: list[str], *, holder: Holder, actor: Actor) -> EvidenceFile:
    if holder.closed:
        message = _("This is closed; no evidence is added any more.")
        raise Refusal(message, code="evidence_closed", field="file")
    _must_fit(file)
    with _local_copy(file) as (path, sha256):
        if earlier := _same_file(holder.bundle, sha256):
            return earlier
        must_have_room(holder.bundle)
        pictures = _read(path)
        # Only now: reading takes seconds, and nobody else adds a file meanwhile.
        lock_room(holder.bundle)
        must_have_room(holder.bundle)
        kept = _row_of(file, pictures, sha256=sha256, holder=holder, actor=actor)
        try:
            with transaction.atomic():
                kept.save(force_insert=True)
        except IntegrityError as error:
            if earlier := _same_file(holder.bundle, sha256):
                return earlier
            raise error from None
        store_pages(kept, pictures.pages, written=written)
        return kept


def _must_fit(file: File[Any]) -> None:
    limit = settings.EVIDENCE_MAX_BYTES
    if not file.size:
        message = _("The file is empty. Check that you chose the right one.")
        raise Refusal(message, code="empty_file", field="file")
    if file.size > limit:
        message = _("The file is larger than {limit} MB. Take a picture with fewer pixels.")
        raise Refusal(message.format(limit=limit // _MEGABYTE), code="file_too_large", field="file")


def _read(path: Path) -> Pictures:
    try:
        return read_pictures(path)
    except PictureRefused as refused:
        raise Refusal(str(refused), code=refused.code, field="file") from refused


def _row_of(
    file: File[Any], pictures: Pictures, *, sha256: str, holder: Holder, actor: Actor
) -> EvidenceFile:
    return EvidenceFile(
        committee_id=holder.committee_id,
        bundle=holder.bundle,
        kind=pictures.kind,
        name=_shown_name(file),
        size=file.size,
        pages=len(pictures.pages),
        width=pictures.pages[0].width,
        height=pictures.pages[0].height,
        sha256=sha256,
        uploaded_by=actor.user,
        uploaded_by_label=actor.label,
    )


def _same_file(bundle: UUID, sha256: str) -> EvidenceFile | None:
    return EvidenceFile.objects.of_bundle(bundle).filter(sha256=sha256).first()


def _shown_name(file: File[Any]) -> str:
    """Without folders and without characters that turn or hide what is read."""
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    plain = "".join(character for character in name if character.isprintable()).strip()
    most = EvidenceFile._meta.get_field("name").max_length
    return plain[:most] or _("no name")


@contextmanager
def _local_copy(file: File[Any]) -> Iterator[tuple[Path, str]]:
    """The file where a child can read it, and its digest."""
    with tempfile.NamedTemporaryFile(prefix="evidence-") as local:
        file.seek(0)
        copyfileobj(file, local)
        local.flush()
        local.seek(0)
        yield Path(local.name), file_digest(local, "sha256").hexdigest()
