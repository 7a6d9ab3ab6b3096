"""What kind of file lies there, judged by its content; names lie."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from core.workbooks import archives, compound
from core.workbooks.errors import WorkbookRefused
from core.workbooks.shapes import MAX_UNPACKED, MEGABYTE

__all__ = ["FileKind", "check_file"]

FileKind = Literal["xlsx", "xls", "csv"]

_HEAD = 1 << 16
_MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html|head|table|meta|[a-z]+:)", re.IGNORECASE)
_OTHER_FORMATS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")


def check_file(path: Path) -> FileKind:
    """The kind of workbook at `path`; raises `WorkbookRefused` for what is unsafe or none."""
    if path.stat().st_size > MAX_UNPACKED:
        raise WorkbookRefused("too_large", limit=MAX_UNPACKED // MEGABYTE)
    if path.suffix.casefold() in {".xlsm", ".xltm", ".xlam"}:
        raise WorkbookRefused("macros")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(compound.MAGIC):
        compound.check_compound(path.read_bytes())
        return "xls"
    if head.startswith(archives.MAGICS):
        archives.check_archive(path)
        return "xlsx"
    _check_text(head)
    return "csv"


def _check_text(head: bytes) -> None:
    if not head.strip():
        raise WorkbookRefused("empty")
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise WorkbookRefused("web_page")
    if head.startswith(_OTHER_FORMATS):
        raise WorkbookRefused("wrong_type")
    if not head.startswith(_UTF16_MARKS) and _CONTROLS.search(head):
        raise WorkbookRefused("wrong_type")
