"""Zip archives: what an .xlsx is, looked through before anything else opens it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core.workbooks.errors import WorkbookRefused
from core.workbooks.shapes import MAX_RATIO, MAX_UNPACKED, MEGABYTE

__all__ = ["MAGICS", "check_archive"]

_MEMBER = b"PK\x03\x04"
MAGICS = (_MEMBER, b"PK\x05\x06")
"""How archives begin, those without members too."""

# What zipfile and zlib raise on archives that are none.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
)
_LOCAL_HEADER = struct.Struct("<26xHH")
_PIECE = 1 << 18
_MAX_MEMBERS = 10_000


def check_archive(path: Path) -> None:
    """Refuse what is no .xlsx, is protected, holds macros, or unpacks beyond all measure."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_kind({member.filename for member in members}, archive)
            _check_declared(members, path)
            _check_unpacked(file, members, path.stat().st_size)
    except _BROKEN as error:
        raise WorkbookRefused("broken") from error


def _check_kind(names: set[str], archive: zipfile.ZipFile) -> None:
    lower = {name.casefold().replace("\\", "/").lstrip("/") for name in names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lower):
        raise WorkbookRefused("macros")
    if "[content_types].xml" not in lower or not any(name.startswith("xl/") for name in lower):
        raise WorkbookRefused("wrong_type")
    if "xl/workbook.bin" in lower:  # .xlsb
        raise WorkbookRefused("wrong_type")
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise WorkbookRefused("encrypted")


def _check_declared(members: list[zipfile.ZipInfo], path: Path) -> None:
    """What the directory says, before a byte is unpacked."""
    if len(members) > _MAX_MEMBERS:
        raise WorkbookRefused("broken")
    _check_size(sum(member.file_size for member in members), path.stat().st_size)


def _check_unpacked(file: BinaryIO, members: list[zipfile.ZipInfo], packed: int) -> None:
    """What really comes out: directories lie, and members may lie over one another."""
    total = 0
    for member in members:
        came = 0
        for length in _unpacked_lengths(file, member):
            came += length
            _check_size(total + came, packed)
        if came != member.file_size:
            raise WorkbookRefused("broken")
        total += came
        if member.filename.casefold() == "[content_types].xml":
            _check_content_types(file, member)


def _check_size(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise WorkbookRefused("too_large", limit=MAX_UNPACKED // MEGABYTE)
    if unpacked > MAX_RATIO * packed:
        raise WorkbookRefused("too_dense", limit=MAX_RATIO)


def _unpacked_lengths(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[int]:
    return (len(piece) for piece in _unpacked(file, member))


def _unpacked(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(member.header_offset)
    header = file.read(30)
    if header[:4] != _MEMBER:
        raise WorkbookRefused("broken")
    name_length, extra_length = _LOCAL_HEADER.unpack(header)
    file.seek(name_length + extra_length, 1)
    pieces = _pieces(file, member.compress_size)
    if member.compress_type == zipfile.ZIP_STORED:
        return pieces
    if member.compress_type == zipfile.ZIP_DEFLATED:
        return _inflated(pieces)
    raise WorkbookRefused("broken")  # calamine reads nothing else either


def _pieces(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0:
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise WorkbookRefused("broken")
        left -= len(piece)
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        rest = piece
        while rest:
            yield inflater.decompress(rest, _PIECE)
            rest = inflater.unconsumed_tail
    yield inflater.flush()


def _check_content_types(file: BinaryIO, member: zipfile.ZipInfo) -> None:
    """Macro-enabled workbooks say so there, even where their macros are missing."""
    if b"macroenabled" in b"".join(_unpacked(file, member)).lower():
        raise WorkbookRefused("macros")
