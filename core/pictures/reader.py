"""From a file to the pictures of its pages. Runs in the child: libraries in C read the file.

Only the picture itself comes out: no EXIF (place, camera, time), no colour profile, no comment, no
text, script or attachment of a PDF.
"""

from __future__ import annotations

import io
import resource
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path

import pillow_heif
import pypdfium2
from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import Base

from core.pictures.errors import PictureRefused
from core.pictures.kinds import BEGINNING, kind_by_content
from core.pictures.shapes import (
    LONGEST_SIDE,
    MAX_PAGES,
    MAX_POINTS,
    MILLION,
    THUMBNAIL_SIDE,
    Page,
    PictureKind,
)

__all__ = ["kind_of", "pages_of"]

_QUALITY = 85
_THUMBNAIL_QUALITY = 75
_KILOBYTE = 1024
# Colour and transparency, a byte each: the largest part that a picture is decoded into.
_BYTES_OF_A_POINT = 4
_PAPER = (255, 255, 255)
# Points of a PDF are 1/72 inch; a tiny page is not blown up beyond 400 dots an inch.
_MOST_DOTS = 400 / 72
# How to turn a picture upright again, by what EXIF says of it.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow and its plug-ins raise on files that are none.
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    ZeroDivisionError,
    RuntimeError,
)


def kind_of(path: Path) -> PictureKind:
    """What the file is by its content. Raises `PictureRefused`."""
    with path.open("rb") as file:
        return kind_by_content(file.read(BEGINNING))


def pages_of(path: Path, kind: PictureKind) -> Iterator[Page]:
    """Each page once, in order. Raises `PictureRefused`."""
    pictures = _of_pdf(path) if kind == "pdf" else _of_picture(path, kind)
    return (_page(picture) for picture in pictures)


def _of_picture(path: Path, kind: PictureKind) -> Iterator[Image.Image]:
    if kind == "heic":
        # Threads would each reserve address space of their own.
        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = MAX_POINTS
    points = 0
    try:
        with warnings.catch_warnings():
            # Pillow only warns up to twice the limit.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=["HEIF" if kind == "heic" else kind.upper()]) as opened:
                points = opened.width * opened.height
                yield _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("too_many_points", limit=MAX_POINTS // MILLION) from error
    except _BROKEN as error:
        raise _why_unread(points * _BYTES_OF_A_POINT or path.stat().st_size) from error


def _upright(opened: Image.Image) -> Image.Image:
    """Small enough, without transparency, and turned as the camera meant it."""
    # JPEG can be read at a half, a quarter, an eighth: most of the work is spared.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = opened.getexif().get(Base.Orientation)
    if opened.mode.startswith("I") or opened.mode == "F":
        small = opened.point(lambda value: value / 256).convert("L")
    else:
        small = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, _PAPER)
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    return small.transpose(_TURNS[turned]) if turned in _TURNS else small


def _of_pdf(path: Path) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise PictureRefused("encrypted" if "assword" in str(error) else "broken") from error
    with document:
        pages = len(document)
        if pages > MAX_PAGES:
            raise PictureRefused("too_many_pages", pages=pages, limit=MAX_PAGES)
        for number in range(pages):
            yield _rendered(document, number)


def _rendered(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(LONGEST_SIDE / max(width, height, 1), _MOST_DOTS)
        bitmap = page.render(scale=scale, fill_color=(*_PAPER, 255))
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, *_BROKEN) as error:
        raise _why_unread(_BYTES_OF_A_POINT * LONGEST_SIDE**2) from error
    page.close()
    return picture


def _why_unread(most_at_once: int) -> Exception:
    """Libraries call a picture broken too when there was no memory for the next of its parts.

    ``most_at_once`` is the largest part in bytes: with room for one more the file is to blame.
    """
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    peak = next(
        int(line.split()[1]) * _KILOBYTE
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmPeak:")
    )
    if limit != resource.RLIM_INFINITY and peak + most_at_once > limit:
        return MemoryError()
    return PictureRefused("broken")


def _page(picture: Image.Image) -> Page:
    thumbnail = picture.copy()
    thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Page(
        width=picture.width,
        height=picture.height,
        picture=_jpeg(picture, _QUALITY),
        thumbnail=_jpeg(thumbnail, _THUMBNAIL_QUALITY),
    )


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    picture.info.clear()  # a comment would be written again
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
