"""Imports: which file was brought in, for whom, and what was refused of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.imports.queries import FaultQuerySet, RunQuerySet

__all__ = ["ImportFault", "ImportKind", "ImportRun", "Stage"]


class ImportKind(models.TextChoices):
    """What a workbook holds."""

    VOLUNTEERS = "volunteers", _("roster of volunteers")
    HOURS = "hours", _("sheet of service hours")
    LEDGER = "ledger", _("ledger of organisations")


class Stage(models.TextChoices):
    """How far an import is: the file is there → its columns are asked → tried → brought in."""

    UPLOADED = "uploaded", _("being read")
    COLUMNS = "columns", _("columns to choose")
    CHECKED = "checked", _("to be brought in")
    DONE = "done", _("brought in")


class ImportRun(CommitteeOwned):
    """One file on its way in, or brought in.

    ``file`` and ``refused_file`` are names in the default storage, empty once discarded: they
    hold identifiers in clear. ``outline`` is what was read of the sheet (header, mapping, some
    masked cells), ``findings`` the figures and first faults of the last check. A stage is only
    reached by the job that does its work, so while a job runs or has failed, the stage is the one
    before.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ImportKind)
    stage = models.CharField(_("state"), max_length=8, choices=Stage, default=Stage.UPLOADED)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    refused_file = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(default=dict)
    outline = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    declaration = models.CharField(_("declaration of consent"), max_length=200, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    accepted = models.PositiveIntegerField(_("brought in"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    # Among those brought in: what said what stood already.
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0, db_default=0)
    already = models.PositiveIntegerField(_("there already"), default=0)
    # Nobody need look at its refused rows any more: they came in again, or somebody said so.
    mended = models.BooleanField(_("refused rows dealt with"), default=False)
    mends = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="mended_by", db_index=False
    )
    imported_by = models.ForeignKey(
        "organizations.User",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    imported_by_label = models.CharField(_("by"), max_length=60)
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    # Chosen by the page that sends the file: what is sent twice is one import.
    nonce = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["committee", "-id"], name="import_committee_newest"),
            models.Index(fields=["sha256"], name="import_same_file"),
            models.Index(
                fields=["committee"],
                name="import_to_mend",
                condition=Q(stage="done", mended=False, refused__gt=F("already")),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="import_done_says_when",
                condition=~Q(stage="done") | Q(finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def adds_nothing_new(self) -> bool:
        """Whether every good row stood already, as after bringing a file in twice."""
        return self.accepted == self.unchanged and self.already + self.unchanged > 0

    @property
    def offers_nothing(self) -> bool:
        """Whether the check found no row to bring in."""
        found = self.findings
        return self.stage == Stage.CHECKED and found.get("accepted") == found.get("unchanged", 0)

    @property
    def stood(self) -> int:
        """Rows that said what stood already."""
        return self.already + self.unchanged

    @property
    def to_mend(self) -> int:
        """Refused rows that do not stand already."""
        return self.refused - self.already


class ImportFault(CommitteeOwned):
    """A row that was refused. ``value`` is the cell as it was written, identifiers masked."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField(_("row"))
    field = models.CharField(_("field"), max_length=20)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    value = models.CharField(_("as written"), max_length=60, blank=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="import_fault_row")]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.row}"
