"""The pane of evidence, and the pictures in it."""

from volunteers.evidence.views.panes import remove, restore, show_pane
from volunteers.evidence.views.pictures import show_picture, show_thumbnail

__all__ = ["remove", "restore", "show_pane", "show_picture", "show_thumbnail"]
