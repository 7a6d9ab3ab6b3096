"""Why a picture is refused, said so that the person who took it can mend it."""

from __future__ import annotations

from typing import ClassVar

from core.confined.errors import PlainError, gettext_noop

__all__ = ["PictureRefused"]


class PictureRefused(PlainError):
    """The file as a whole is not taken."""

    sentences: ClassVar[dict[str, str]] = {
        "wrong_type": gettext_noop(
            "This file is neither a picture nor a PDF. Take a photograph, or choose a JPEG, PNG, "
            "HEIC or PDF file."
        ),
        "broken": gettext_noop(
            "The file is damaged or incomplete. Take the picture again, or save the file anew "
            "and choose that one."
        ),
        "encrypted": gettext_noop(
            "The PDF is protected by a password. Save it without one and choose it again."
        ),
        "too_many_points": gettext_noop(
            "The picture has more than {limit} million pixels. Choose a smaller size in the "
            "camera's settings and take it again."
        ),
        "too_many_pages": gettext_noop(
            "The PDF has {pages} pages; up to {limit} are kept. Divide it into several files."
        ),
        "too_much_memory": gettext_noop(
            "Reading the file takes more than {limit} MB of memory. Take the picture again with "
            "fewer pixels, or save the PDF with smaller pictures."
        ),
        "too_slow": gettext_noop(
            "Reading the file takes longer than {limit} seconds. Take the picture again with "
            "fewer pixels, or divide the PDF into several files."
        ),
    }
