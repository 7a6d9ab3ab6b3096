"""OLE compound files ([MS-CFB]): what an .xls is, and what a password makes of an .xlsx.

Only as much as it takes to see what is inside before anything else opens the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from core.workbooks.errors import WorkbookRefused

__all__ = ["MAGIC", "check_compound"]

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are no sectors
_ENTRY = struct.Struct("<64sH50xIQ")
_FILEPASS, _BOUNDSHEET, _EOF_RECORD = 0x2F, 0x85, 0x0A
_ENCRYPTION = {"EncryptedPackage", "EncryptionInfo"}
_MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}


def check_compound(data: bytes) -> None:
    """Refuse what is protected, holds macros or is no workbook at all."""
    try:
        entries = dict(_entries(data))
        if _ENCRYPTION & entries.keys():
            raise WorkbookRefused("encrypted")
        stream = entries.get("Workbook") or entries.get("Book")
        if stream is None:
            raise WorkbookRefused("wrong_type")
        if _MACROS & entries.keys():
            raise WorkbookRefused("macros")
        if _has_file_pass(_chain_bytes(data, *stream)):
            raise WorkbookRefused("encrypted")
    except (struct.error, IndexError) as error:
        raise WorkbookRefused("broken") from error


def _entries(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Names of the directory's entries, with first sector and size of their streams."""
    (first,) = struct.unpack_from("<I", data, 0x30)
    directory = _chain_bytes(data, first, len(data))
    if not directory or len(directory) % _sector_width(data):
        raise WorkbookRefused("broken")
    for at in range(0, len(directory) - 127, 128):
        name, length, start, size = _ENTRY.unpack(directory[at : at + 128])
        if 2 <= length <= 64:
            yield name[: length - 2].decode("utf-16-le", "replace"), (start, size)


def _chain_bytes(data: bytes, sector: int, size: int) -> bytes:
    """A stream's first megabyte: enough for a directory or a workbook's globals."""
    width = _sector_width(data)
    fat = list(_fat(data, width))
    pieces, seen, left = [], set[int](), min(size, 1 << 20)
    while sector < _END_OF_CHAIN and left > 0:
        if sector in seen:
            raise WorkbookRefused("broken")
        seen.add(sector)
        start = (sector + 1) * width
        pieces.append(data[start : start + min(width, left)])
        left -= width
        sector = fat[sector]
    return b"".join(pieces)


def _sector_width(data: bytes) -> int:
    (shift,) = struct.unpack_from("<H", data, 0x1E)
    if shift not in {9, 12}:
        raise WorkbookRefused("broken")
    return 1 << int(shift)


def _fat(data: bytes, width: int) -> Iterator[int]:
    """The file's allocation table: for each sector the one that follows it."""
    for sector in _fat_sectors(data, width):
        yield from struct.unpack_from(f"<{width // 4}I", data, (sector + 1) * width)


def _fat_sectors(data: bytes, width: int) -> Iterator[int]:
    sectors = [*struct.unpack_from("<109I", data, 0x4C)]
    (more,) = struct.unpack_from("<I", data, 0x44)
    seen = set[int]()
    while more < _END_OF_CHAIN and more not in seen:
        seen.add(more)
        *further, more = struct.unpack_from(f"<{width // 4}I", data, (more + 1) * width)
        sectors += further
    return (sector for sector in sectors if sector < _END_OF_CHAIN)


def _has_file_pass(stream: bytes) -> bool:
    """Whether the workbook's globals ([MS-XLS] 2.1.7.20.3) begin with a FilePass record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            return True
        if kind in {_BOUNDSHEET, _EOF_RECORD}:
            return False
        at += 4 + length
    return False
