"""What a file is, by how it begins: names and declared types are only what somebody says."""

from __future__ import annotations

from core.pictures.errors import PictureRefused
from core.pictures.shapes import PictureKind

__all__ = ["BEGINNING", "kind_by_content"]

BEGINNING = 32
"""So many bytes tell."""

# ISO/IEC 23008-12: still pictures coded with HEVC, alone or as the first of a sequence.
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_by_content(beginning: bytes) -> PictureKind:
    """The kind of a file that begins so. Raises `PictureRefused` for any other."""
    if beginning.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if beginning.startswith(b"%PDF-"):
        return "pdf"
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _HEIC_BRANDS:
        return "heic"
    raise PictureRefused("wrong_type")
