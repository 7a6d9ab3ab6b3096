"""Workbooks made for tests, byte by byte where no library would make such a thing."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from core.workbooks import Cell

Table = Sequence[Sequence[Cell]]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


def write_xlsx(path: Path, sheets: Mapping[str, Table], merges: Sequence[Range] = ()) -> Path:
    """A workbook; `merges` are of its first sheet, whose cells keep what the table says."""
    with Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        time_format = workbook.add_format({"num_format": "hh:mm"})
        for name, table in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif isinstance(cell, dt.time | dt.timedelta):
                        sheet.write_datetime(row, column, cell, time_format)
                    elif cell is not None:
                        sheet.write(row, column, cell)
        for first_row, first_column, last_row, last_column in merges:
            sheet = workbook.worksheets()[0]
            sheet.merge_range(first_row, first_column, last_row, last_column, "")
            text = next(iter(sheets.values()))[first_row][first_column]
            sheet.write_string(first_row, first_column, str(text))
    return path


def repacked(source: Path, target: Path, *, add: Mapping[str, bytes] = {}) -> Path:
    """The workbook at `source` with further members."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in add:
                new.writestr(member.filename, old.read(member))
        for name, content in add.items():
            new.writestr(name, content)
    return target


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _cell(row: int, column: int, cell: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", cell))


def biff(
    table: Sequence[Sequence[str | float]], merges: Sequence[Range] = (), *, secret: bool = False
) -> bytes:
    """A workbook stream of one sheet in BIFF8; `secret` gives it a FilePass record."""
    name = "名册"
    start = _bof(0x0005) + (_record(0x2F, bytes(54)) if secret else b"")
    bound = _record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + name.encode("utf-16-le"))
    offset = len(start) + len(bound) + 4
    bound = _record(
        0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + name.encode("utf-16-le")
    )
    cells = [
        _cell(row, column, cell)
        for row, line in enumerate(table)
        for column, cell in enumerate(line)
        if cell != ""
    ]
    ranges = b"".join(struct.pack("<HHHH", r1, r2, c1, c2) for r1, c1, r2, c2 in merges)
    merged = _record(0xE5, struct.pack("<H", len(merges)) + ranges) if merges else b""
    return (
        start
        + bound
        + _record(0x0A, b"")
        + _bof(0x0010)
        + b"".join(cells)
        + merged
        + _record(0x0A, b"")
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file with these streams; a small one is padded to a whole 4096 bytes."""
    width, end, none = 512, 0xFFFFFFFE, 0xFFFFFFFF
    fat: list[int] = [0xFFFFFFFD, end]
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    body = io.BytesIO()
    for at, (name, data) in enumerate(streams.items(), start=1):
        size = max(4096, -(-len(data) // width) * width)
        first, count = len(fat), size // width
        fat += [*range(first + 1, first + count), end]
        body.write(data.ljust(size, b"\0"))
        entries.append(_entry(name, 2, first, size, right=at + 1 if at < len(streams) else none))
    assert len(entries) <= 4
    assert len(fat) <= 128
    directory = b"".join(entries).ljust(width, b"\0")
    table = struct.pack("<128I", *fat, *[none] * (128 - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[none] * 108)
    return header + table + directory + body.getvalue()


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = -1, child: int = -1
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, right & 0xFFFFFFFF, child & 0xFFFFFFFF)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
