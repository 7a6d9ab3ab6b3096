"""What paper cannot print is written out, never a box."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from core.typesetting.fonts import chinese_font
from core.typesetting.pages import printable, typeset


def test_characters_without_a_glyph_become_their_number() -> None:
    assert printable("张三 A-1") == "张三 A-1"
    assert printable("王\U0002a6a5") == "王〔U+2A6A5〕"
    assert printable("\ue000\x07") == "〔U+E000〕〔U+0007〕"


def test_archival_page_refuses_a_box(tmp_path: Path) -> None:
    page = tmp_path / "page.typ"
    page.write_text("#let given = json(bytes(sys.inputs.data))\n#given.name")
    made = typeset(page, {"name": printable("王\U0002a6a5")}, archival=True)
    assert made is not None
    with pytest.raises(typst.TypstError):
        typeset(page, {"name": "王\U0002a6a5"}, archival=True)


def test_portal_brings_its_own_font_with_chinese() -> None:
    found = chinese_font()
    assert found is not None
    assert found[1] == "Noto Sans SC"
