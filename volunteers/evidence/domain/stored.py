"""The bytes of evidence in the default storage, under names made of the file's key alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core.pictures import Page
from volunteers.evidence.models import EvidenceFile

__all__ = ["discard_on_commit", "picture_of", "store_pages"]

_FOLDER = "evidence"


def store_pages(file: EvidenceFile, pages: Sequence[Page]) -> None:
    """Keep each page and its thumbnail."""
    for number, page in enumerate(pages, start=1):
        for name, content in zip(_names(file, number), (page.picture, page.thumbnail), strict=True):
            default_storage.save(name, ContentFile(content))


def picture_of(file: EvidenceFile, page: int, *, small: bool = False) -> bytes | None:
    """The JPEG of a page, counted from 1; None for a page that there is not."""
    if not 1 <= page <= file.pages or file.swept_at is not None:
        return None
    with default_storage.open(_names(file, page)[small]) as stored:
        content: bytes = stored.read()
    return content


def discard_on_commit(file: EvidenceFile) -> None:
    """Remove the bytes once the row says that they are gone."""
    for number in range(1, file.pages + 1):
        for name in _names(file, number):
            transaction.on_commit(partial(default_storage.delete, name), robust=True)


def _names(file: EvidenceFile, page: int) -> tuple[str, str]:
    key = file.pk.hex
    stem = f"{_FOLDER}/{key[:2]}/{key}/{page}"
    return f"{stem}.jpg", f"{stem}-small.jpg"
