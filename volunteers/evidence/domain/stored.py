"""The bytes of evidence in the default storage, under names made of the file's key alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from string import hexdigits
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core.pictures import Page
from volunteers.evidence.models import EvidenceFile

__all__ = [
    "discard_bytes",
    "discard_older",
    "discard_on_commit",
    "keys_stored",
    "picture_of",
    "shelves",
    "store_pages",
]

_FOLDER = "evidence"
_KEY_LENGTH = 32


def store_pages(file: EvidenceFile, pages: Sequence[Page], *, written: list[str]) -> None:
    """Keep each page and its thumbnail; adds the names to ``written`` as it goes."""
    for number, page in enumerate(pages, start=1):
        for name, content in zip(_names(file, number), (page.picture, page.thumbnail), strict=True):
            written.append(default_storage.save(name, ContentFile(content)))


def discard_bytes(names: Iterable[str]) -> None:
    """Remove what was written by a transaction that does not stand."""
    for name in names:
        default_storage.delete(name)


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


def shelves() -> list[str]:
    """The folders by the first characters of keys, those that there are."""
    return _folders_in(_FOLDER)


def keys_stored(shelf: str) -> list[UUID]:
    """The keys under which bytes lie on a shelf."""
    return [UUID(hex=name) for name in _folders_in(f"{_FOLDER}/{shelf}") if _is_key(name)]


def discard_older(key: UUID, before: datetime) -> int:
    """Remove the bytes under a key that were written before a moment; how many files.

    Their folder goes with the last of them; in a bucket there are no folders to remove.
    """
    folder = _folder_of(key)
    names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < before]
    discard_bytes(old if len(old) < len(names) else [*old, folder])
    return len(old)


def _folders_in(folder: str) -> list[str]:
    try:
        found: list[str] = default_storage.listdir(folder)[0]
    except FileNotFoundError:
        # A local folder is made with the first file in it.
        return []
    return found


def _is_key(name: str) -> bool:
    return len(name) == _KEY_LENGTH and set(name) <= set(hexdigits)


def _folder_of(key: UUID) -> str:
    return f"{_FOLDER}/{key.hex[:2]}/{key.hex}"


def _names(file: EvidenceFile, page: int) -> tuple[str, str]:
    stem = f"{_folder_of(file.pk)}/{page}"
    return f"{stem}.jpg", f"{stem}-small.jpg"
