"""Reads of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F

from core.tenancy.keys import AFTER_SUBTREE
from core.workbooks.results import ALREADY_RECORDED

if TYPE_CHECKING:
    from volunteers.imports.models import ImportFault, ImportRun

__all__ = ["FaultQuerySet", "RunQuerySet"]


class RunQuerySet(models.QuerySet["ImportRun"]):
    """Filters that compose."""

    def finished(self) -> Self:
        """Imported, whatever was refused."""
        return self.filter(stage="done")

    def faulty(self) -> Self:
        """Imported with rows that somebody should still mend; what stood already needs nothing."""
        return self.finished().filter(refused__gt=F("already"), mended=False)

    def of_committee(self, path: str) -> Self:
        """Of that committee alone."""
        return self.filter(committee_id=path)

    def of_same_file(self, run: ImportRun) -> Self:
        """Earlier finished imports of the very same file for the same committee."""
        return (
            self.finished()
            .filter(committee_id=run.committee_id, kind=run.kind, sha256=run.sha256)
            .exclude(pk=run.pk)
            .order_by("-pk")
        )

    def below(self, path: str) -> Self:
        """Of that committee or one under it; an empty key matches nothing."""
        if not path:
            return self.none()
        return self.filter(committee_id__gte=path, committee_id__lt=path + AFTER_SUBTREE)

    def with_committee(self) -> Self:
        """Brings the committee along."""
        return self.select_related("committee")


class FaultQuerySet(models.QuerySet["ImportFault"]):
    """Filters that compose."""

    def to_mend(self) -> Self:
        """Without rows that stand already, word for word."""
        return self.exclude(code=ALREADY_RECORDED)

    def already_recorded(self) -> Self:
        """Rows that stand already."""
        return self.filter(code=ALREADY_RECORDED)

    def after(self, row: int) -> Self:
        """Below that row of the sheet, in the sheet's order."""
        return self.filter(row__gt=row).order_by("row")

    def counts_by_field(self) -> list[tuple[str, int]]:
        """Field and number of rows refused for it, the most frequent first."""
        counted = self.values_list("field").annotate(rows=Count("id")).order_by("-rows", "field")
        return [(field, rows) for field, rows in counted]
