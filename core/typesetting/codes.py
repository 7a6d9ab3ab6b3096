"""QR codes (ISO/IEC 18004) as drawings that scale."""

from __future__ import annotations

import re
from typing import cast

import zxingcpp

__all__ = ["qr_svg"]

# One fixed mask: trying all eight takes nine times as long, and readers take any.
_MASK = 4
_DARK = re.compile(rb"\x00+")


def qr_svg(text: str, *, border: int = 0) -> str:
    """An SVG of 15 % error correction, ``border`` modules of white around it.

    Made of modules alone, never of the text: safe to put into a page as it is.
    """
    code = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=_MASK
    )
    # Its types don't say that the image is a buffer of two dimensions.
    image = cast(bytes, code.to_image(scale=1, add_quiet_zones=False))
    rows = cast(list[list[int]], memoryview(image).tolist())
    width = len(rows) + 2 * border
    # Dark modules that touch are one stroke through the middle of their row.
    path = "".join(
        f"M{run.start() + border} {place + border}.5h{run.end() - run.start()}"
        for place, row in enumerate(rows)
        for run in _DARK.finditer(bytes(row))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}">'
        f'<path stroke="#000" d="{path}"/></svg>'
    )
