"""Evidence: pictures of sign-in sheets that records of hours were typed from."""

from __future__ import annotations

from uuid import uuid4

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.evidence.queries import EvidenceQuerySet

__all__ = ["EvidenceFile", "FileKind"]


class FileKind(models.TextChoices):
    """What was sent. What is kept is a JPEG of each page, whatever came."""

    JPEG = "jpeg", _("picture")
    PNG = "png", _("picture (PNG)")
    HEIC = "heic", _("picture (HEIC)")
    PDF = "pdf", _("PDF")


@pghistory.track()
class EvidenceFile(CommitteeOwned):
    """One file that was sent, kept as a picture of each of its pages.

    ``bundle`` is the key of what it proves: a draft's own, or the ``evidence_key`` of the sheets
    that came of it. ``name`` and ``size`` are those of the file as it was sent, ``width`` and
    ``height`` those of the first page as it is kept. The bytes lie in the default storage under
    names made of the key alone; they go when the file is swept, the row stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bundle = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    name = models.CharField(_("file"), max_length=120)
    size = models.PositiveIntegerField(_("size"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    uploaded_by_label = models.CharField(_("added by"), max_length=60)
    uploaded_at = models.DateTimeField(_("added at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed at"), null=True)
    removed_by_label = models.CharField(_("removed by"), max_length=60, blank=True)
    # Records stand on it: the sweeper need not ask again.
    held = models.BooleanField(default=False, editable=False)
    swept_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes = [
            models.Index(fields=["bundle", "uploaded_at"], name="evidence_bundle"),
            # The sweeper looks at what was removed and at what nothing stands on yet.
            models.Index(
                fields=["uploaded_at"],
                name="evidence_to_sweep",
                condition=Q(swept_at__isnull=True) & (Q(held=False) | Q(removed_at__isnull=False)),
            ),
        ]
        constraints = [
            # What arrives twice is kept once.
            models.UniqueConstraint(
                fields=["bundle", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_file_once",
            ),
            models.CheckConstraint(
                name="evidence_swept_was_removed",
                condition=Q(swept_at__isnull=True) | Q(removed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        """Whether it is shown and counts."""
        return self.removed_at is None
