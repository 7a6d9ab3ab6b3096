"""Reads of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

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

    def faulty_first(self) -> Self:
        """Those with rows to mend, then all others, the newest first."""
        wants = Q(stage="done", mended=False, refused__gt=F("already"))
        return self.alias(wants=models.Case(models.When(wants, then=1), default=0)).order_by(
            "-wants", "-pk"
        )

    def with_committee(self) -> Self:
        """Brings the committee along."""
        return self.select_related("committee")


class FaultQuerySet(models.QuerySet["ImportFault"]):
    """Filters that compose."""

    def after(self, row: int) -> Self:
        """Below that row of the sheet, in the sheet's order."""
        return self.filter(row__gt=row).order_by("row")
