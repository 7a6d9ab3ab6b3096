"""Reads of drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from volunteers.desk.models import Draft, DraftRow

__all__ = ["DraftQuerySet", "DraftRowQuerySet"]


class DraftQuerySet(models.QuerySet["Draft"]):
    """Filters that compose."""

    def open(self) -> Self:
        """Still to be gone on with."""
        return self.filter(state="open")

    def templates(self) -> Self:
        """Kept to begin others with."""
        return self.filter(state="template")

    def newest_first(self) -> Self:
        """By the last change."""
        return self.order_by("-changed_at", "-id")


class DraftRowQuerySet(models.QuerySet["DraftRow"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Not removed, from top to bottom."""
        return self.filter(removed=False).order_by("position", "id")

    def changed_since(self, revision: int) -> Self:
        """What a window has not seen yet; one that has seen nothing need not learn of removals."""
        found = self.filter(revision__gt=revision).order_by("position", "id")
        return found if revision else found.filter(removed=False)
