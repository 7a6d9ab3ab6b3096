"""Files of imports in the default storage: they hold identifiers in clear, so they don't stay."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

__all__ = ["FOLDER", "discard_on_commit", "local_copy", "sha256_of", "store_file", "suffix_of"]

FOLDER = "imports"
_SUFFIXES = {".xlsx", ".xls", ".csv", ".xlsm"}


def suffix_of(file_name: str) -> str:
    """The ending under which a file is kept; the reader judges by the content anyway."""
    suffix = PurePosixPath(file_name).suffix.casefold()
    return suffix if suffix in _SUFFIXES else ".bin"


def store_file(file: File[Any], name: str) -> str:
    """Keep ``file`` under ``name`` in the folder of imports; the name it got in the storage."""
    return default_storage.save(f"{FOLDER}/{name}", file)


def sha256_of(file: IO[bytes]) -> str:
    """The file's digest, by which the same file is known when it comes again."""
    file.seek(0)
    digest = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return digest


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """The stored file as one on this machine, for the child process that reads it."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / f"workbook{suffix_of(name)}"
        with default_storage.open(name) as stored, path.open("wb") as local:
            copyfileobj(stored, local)
        yield path


def discard_on_commit(name: str) -> None:
    """Remove the stored file once nothing refers to it any more."""
    if name:
        transaction.on_commit(partial(default_storage.delete, name), robust=True)
