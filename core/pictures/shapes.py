"""What the reader gives, and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = [
    "LONGEST_SIDE",
    "MAX_PAGES",
    "MAX_POINTS",
    "THUMBNAIL_SIDE",
    "Page",
    "PictureKind",
    "Pictures",
]

PictureKind = Literal["jpeg", "png", "heic", "pdf"]

MILLION = 1_000_000
# Cameras of telephones take up to 50 million pixels where nobody asks them for more.
MAX_POINTS = 64 * MILLION
MAX_PAGES = 20
# A sheet of A4 can still be read at the size of its handwriting.
LONGEST_SIDE = 2400
THUMBNAIL_SIDE = 320


class Page(NamedTuple):
    """One page, as JPEG; width and height are those of ``picture``."""

    width: int
    height: int
    picture: bytes
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of one file."""

    kind: PictureKind
    pages: tuple[Page, ...]
