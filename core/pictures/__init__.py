"""Pictures from people: photographs and PDF, made anew as JPEG without anything but the picture.

Files come in through `core.pictures.isolation`.
"""

from core.pictures.errors import PictureRefused
from core.pictures.shapes import Page, Pictures

__all__ = ["Page", "PictureRefused", "Pictures"]
