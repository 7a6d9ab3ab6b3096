"""QR codes that a reader reads."""

from __future__ import annotations

import re

import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.typesetting.codes import qr_svg

SCALE = 4
BORDER = 4


def drawn(svg: str) -> Image.Image:
    """The strokes of the path, a module wide, painted."""
    wide = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert wide is not None
    width = int(wide[1]) * SCALE
    picture = Image.new("L", (width, width), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", svg):
        left, top = int(x) * SCALE, int(y) * SCALE
        pen.rectangle((left, top, left + int(run) * SCALE - 1, top + SCALE - 1), fill=0)
    return picture


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=400))
def test_what_is_drawn_reads_as_the_text(text: str) -> None:
    (read,) = zxingcpp.read_barcodes(drawn(qr_svg(text, border=BORDER)))
    assert (read.text, read.ec_level) == (text, "M")


def test_nothing_of_the_text_reaches_the_page() -> None:
    svg = qr_svg('"><script>alert(1)</script>')
    assert "script" not in svg
