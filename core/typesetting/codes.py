"""QR codes (ISO/IEC 18004) as drawings that scale."""

from __future__ import annotations

from typing import cast

import zxingcpp

__all__ = ["qr_svg"]

# One fixed mask: trying all eight takes nine times as long, and readers take any.
_MASK = 4


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
    path = "".join(_runs(row, top=place + border, border=border) for place, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}">'
        f'<path d="{path}"/></svg>'
    )


def _runs(row: list[int], *, top: int, border: int) -> str:
    """Dark modules that touch are one rectangle; 0 is dark."""
    parts = []
    begin = None
    for place, value in enumerate([*row, 255]):
        if value == 0 and begin is None:
            begin = place
        elif value and begin is not None:
            wide = place - begin
            parts.append(f"M{begin + border} {top}h{wide}v1h-{wide}z")
            begin = None
    return "".join(parts)
