"""The font with Chinese that everything the portal sets in type uses."""

from __future__ import annotations

from functools import lru_cache

import typst
from django.conf import settings

__all__ = ["chinese_font"]

# The first one found is used.
_FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Serif CJK SC",
    "WenQuanYi Micro Hei",
)


def chinese_font() -> tuple[typst.Fonts, str] | None:
    """The fonts of this machine and the family to use; None where none has Chinese."""
    return _found(tuple(settings.PDF_FONT_FOLDERS))


@lru_cache(maxsize=1)
def _found(folders: tuple[str, ...]) -> tuple[typst.Fonts, str] | None:
    """Looked for once."""
    fonts = typst.Fonts(font_paths=list(folders))
    present = set(fonts.families())
    name = next((each for each in _FONTS if each in present), None)
    return (fonts, name) if name else None
