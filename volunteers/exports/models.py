"""Exports: which list somebody took along, and the file while it is kept."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.exports.queries import ExportQuerySet

__all__ = ["Export", "ExportForm", "ExportKind", "ExportedPeople"]


class ExportKind(models.TextChoices):
    """What was taken along."""

    VOLUNTEERS = "volunteers", _("list of volunteers")
    RECORDS = "records", _("list of service records")
    DISCLOSURES = "disclosures", _("audit of access to full data")
    OPENED = "opened", _("full data of an approved access")


class ExportForm(models.TextChoices):
    """What kind of file it is."""

    XLSX = "xlsx", _("workbook (xlsx)")
    CSV = "csv", _("text file (csv)")


class Export(CommitteeOwned):
    """A list of ``committee`` and those below it, narrowed by ``asked``, as a file.

    The row stays as the log of who took what; ``file``, a name in the default storage, is read by
    that account alone and emptied after ``expires_at``.
    """

    kind = models.CharField(_("what"), max_length=12, choices=ExportKind)
    form = models.CharField(_("kind of file"), max_length=4, choices=ExportForm)
    asked = models.JSONField(default=dict)
    reason = models.CharField(_("what it is for"), max_length=200, blank=True)
    file = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    user = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user_label = models.CharField(_("by"), max_length=60)
    # The approved access whose data it holds in full: the file goes when the access ends.
    disclosure = models.ForeignKey(
        "volunteers.Disclosure", on_delete=models.PROTECT, null=True, related_name="exports"
    )
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)
    # Chosen by the page: what is sent twice is one export. It also names the file.
    nonce = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [
            models.Index(fields=["committee", "-id"], name="export_committee_newest"),
            models.Index(fields=["user", "-id"], name="export_user_newest"),
            # What the sweeper looks for once a day.
            models.Index(fields=["expires_at"], name="export_kept", condition=~models.Q(file="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="export_opened_by_access",
                condition=models.Q(kind="opened", disclosure__isnull=False)
                | ~models.Q(kind="opened") & models.Q(disclosure__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_kept(self) -> bool:
        """Whether the file can still be had; full data only while the access is open."""
        until = self.expires_at
        if self.disclosure is not None and not self.disclosure.is_open:
            return False
        return bool(self.file) and until is not None and until > timezone.now()


class ExportedPeople(CommitteeOwned):
    """Who stood in a chunk of an export's rows, so that each of them can be told.

    Keys in an array and not a row for each: a province's list holds a million people. No foreign
    key, because an entry that was merged since is found by the one that stays.
    """

    # Drawn here: who appends a chunk need not read others.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="+", db_index=False)
    people = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("people in an export")
        verbose_name_plural = _("people in exports")
        # Read only by the function that answers “who looked”, which runs past the policies.
        indexes = [GinIndex(fields=["people"], name="exported_people")]

    def __str__(self) -> str:
        return f"{self.export_id} · {len(self.people)}"
