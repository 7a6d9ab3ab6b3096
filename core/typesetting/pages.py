"""From data to PDF: a page of typst, the fonts of this machine, and what they cannot print.

What people wrote goes in as data, never as markup.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

import typst

from core.typesetting.fonts import chinese_font

__all__ = ["printable", "typeset"]

# ISO 19005-2, conformance level B. Under it typst refuses a character that no font has, where it
# would otherwise print a box without a word.
_ARCHIVAL: Final = "a-2b"
# Controls, private use, surrogates, unassigned: a glyph of theirs says nothing to a reader.
_NO_LETTERS = {"Cc", "Cn", "Co", "Cs"}
_PROBE = "#set text(font: {font})\n#{text}"


def typeset(page: Path, data: Mapping[str, Any], *, archival: bool = False) -> bytes | None:
    """The page with ``data`` and the ``font`` to use as ``sys.inputs.data``; None without a font.

    ``archival`` is PDF/A-2b. Raises `typst.TypstError` for a character that no font has, then:
    texts of people go through `printable` first.
    """
    found = chinese_font()
    if found is None:
        return None
    fonts, family = found
    said = json.dumps({**data, "font": family}, ensure_ascii=False)
    made = _compiler(page, fonts).compile(
        sys_inputs={"data": said}, format="pdf", pdf_standards=[_ARCHIVAL] if archival else []
    )
    return cast(bytes, made)


def printable(text: str) -> str:
    """The text with what no font can print as ``〔U+2A6A5〕``, never as a box."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each if _prints(each) else f"〔U+{ord(each):04X}〕" for each in text)


def _prints(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    try:
        # What every Chinese font has need not be tried.
        character.encode("gb2312")
    except UnicodeEncodeError:
        return _is_in_a_font(character)
    return True


@lru_cache(maxsize=8192)
def _is_in_a_font(character: str) -> bool:
    found = chinese_font()
    if found is None or unicodedata.category(character) in _NO_LETTERS:
        return False
    fonts, family = found
    said = json.dumps(character, ensure_ascii=False)
    page = _PROBE.format(font=json.dumps(family), text=said)
    try:
        typst.compile(page.encode(), font_paths=fonts, format="pdf", pdf_standards=[_ARCHIVAL])
    except typst.TypstError:
        return False
    return True


@lru_cache(maxsize=8)
def _compiler(page: Path, fonts: typst.Fonts) -> typst.Compiler:
    """Kept warm: reading a page and its fonts costs more than setting it."""
    return typst.Compiler(page, font_paths=fonts)
