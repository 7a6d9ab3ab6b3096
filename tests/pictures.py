"""Pictures as telephones and scanners make them, in bytes."""

from __future__ import annotations

import io
import random
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

__all__ = ["exif_with_place", "heic", "jpeg", "locked_pdf", "pdf", "png", "red_corner"]

# Minutes of arc of a place, as they stand in the bytes: 23° 41′ and 113° 3′.
_PLACE: dict[int, Any] = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (23.0, 41.0, 0.0),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (113.0, 3.0, 0.0),
}


def exif_with_place(*, orientation: int = 1) -> Image.Exif:
    """Where, when and with what it was taken."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Model] = "PHONE-MODEL-7"
    exif[Base.DateTime] = "2026:05:16 08:00:00"
    exif.get_ifd(IFD.GPSInfo).update(_PLACE)
    return exif


def red_corner(width: int = 300, height: int = 200) -> Image.Image:
    """White, with a red corner above at left, so that one sees how it was turned."""
    picture = Image.new("RGB", (width, height), (255, 255, 255))
    picture.paste((255, 0, 0), (0, 0, 50, 50))
    return picture


def jpeg(picture: Image.Image | None = None, *, orientation: int = 1) -> bytes:
    """A photograph that tells where it was taken, and says more in a comment."""
    exif = exif_with_place(orientation=orientation)
    return _saved(picture or red_corner(), "JPEG", exif=exif, comment=b"COMMENT-OF-CAMERA")


def png(seed: int = 0) -> bytes:
    """A small picture; another one for each seed."""
    noise = random.Random(seed).randbytes(32 * 32)
    return _saved(Image.frombytes("L", (32, 32), noise), "PNG")


@cache
def heic() -> bytes:
    """A photograph of the other kind of telephone."""
    return heic_of(red_corner())


def heic_of(picture: Image.Image) -> bytes:
    """As such a telephone writes it; slow to make when large."""
    pillow_heif.register_heif_opener()
    return _saved(picture, "HEIF", exif=exif_with_place())


def pdf(pages: int = 2) -> bytes:
    """A scan of so many pages, with a script that would run where scripts run."""
    first, *rest = [red_corner(210, 297) for _page in range(pages)]
    plain = _saved(first, "PDF", save_all=True, append_images=rest)
    script = b"/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>"
    return plain.replace(b"/Type /Catalog", script, 1)


def locked_pdf() -> bytes:
    """A scan that asks for a password."""
    keys = b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> /P -4"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 " + keys + b" >> /ID [<00> <00>]"
    return _last(pdf(1), b"/Root", lock + b" /Root")


def _last(content: bytes, old: bytes, new: bytes) -> bytes:
    head, _old, tail = content.rpartition(old)
    return head + new + tail


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
