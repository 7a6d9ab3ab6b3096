"""Spot checks: a random sample of confirmed records, each compared with what proves it."""

from __future__ import annotations

from collections.abc import Mapping

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.figures import hours_text
from organizations.committees.ownership import CommitteeOwned
from volunteers.spotchecks.queries import SpotCheckItemQuerySet, SpotCheckQuerySet

__all__ = ["Finding", "SpotCheck", "SpotCheckItem"]


# As long as the reasons of voids and corrections are.
_REASON_CHARACTERS = 200


class Finding(models.TextChoices):
    """What a record was found to be; empty while nobody has looked."""

    TRUE = "true", pgettext_lazy("finding", "true")
    WRONG = "wrong", pgettext_lazy("finding", "wrong")
    UNCLEAR = "unclear", pgettext_lazy("finding", "unclear")


class SpotCheck(CommitteeOwned):
    """A sample of the records that a committee confirmed in a period, with everything below it.

    ``committee`` draws and publishes it; ``scope`` is the committee, at or below, whose records
    are the frame. The same seed and frame give the same sample: the records with the smallest
    SHA-256 of ``seed:id``. ``frame_digest`` is the SHA-256 of the frame's ids in ascending order,
    joined by commas.

    Once published it is read by every committee whose records could have been drawn, and by those
    between it and the drawing one: names and figures are kept here, because rows of committees
    above and of neighbours are hidden from them.
    """

    title = models.CharField(_("title"), max_length=100)
    scope = models.ForeignKey(
        "organizations.Committee",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("records of"),
    )
    committee_name = models.CharField(_("drawn for"), max_length=300, db_default="")
    scope_name = models.CharField(_("records of"), max_length=300, db_default="")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    size = models.PositiveSmallIntegerField(_("size of the sample"))
    seed = models.CharField(_("seed"), max_length=64)
    frame_size = models.PositiveIntegerField(_("records in the frame"))
    frame_digest = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    drawn_by_label = models.CharField(_("drawn by"), max_length=60)
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by_label = models.CharField(_("published by"), max_length=60, blank=True)
    true_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    wrong_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    unclear_count = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        indexes = [models.Index(fields=["committee", "-id"], name="spot_check_newest")]
        constraints = [
            models.CheckConstraint(
                name="spot_check_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def keep_tally(self, tally: Mapping[str, int]) -> None:
        """Takes over how many records were found to be what."""
        self.true_count = tally.get(Finding.TRUE, 0)
        self.wrong_count = tally.get(Finding.WRONG, 0)
        self.unclear_count = tally.get(Finding.UNCLEAR, 0)

    @property
    def tally(self) -> dict[str, int]:
        """The published outcome, by finding."""
        return {
            Finding.TRUE: self.true_count,
            Finding.WRONG: self.wrong_count,
            Finding.UNCLEAR: self.unclear_count,
        }

    @property
    def is_published(self) -> bool:
        """Whether the outcome stands for good."""
        return self.published_at is not None


@pghistory.track()
class SpotCheckItem(CommitteeOwned):
    """One record of the sample, with what was found.

    ``committee`` is that of the check, ``record_committee`` the one that keeps the record. What the
    record said as it was drawn is kept here: a later correction does not change what was checked.
    """

    check_of = models.ForeignKey(SpotCheck, on_delete=models.PROTECT, related_name="items")
    record = models.ForeignKey(
        "volunteers.ServiceRecord", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    record_committee = models.ForeignKey(
        "organizations.Committee",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    position = models.PositiveSmallIntegerField()
    volunteer_name = models.CharField(_("volunteer"), max_length=50)
    activity_title = models.CharField(_("activity"), max_length=100)
    served_on = models.DateField(_("date"))
    minutes = models.PositiveIntegerField(_("minutes"))
    finding = models.CharField(_("finding"), max_length=7, choices=Finding, blank=True)
    evidence = models.CharField(_("what it was compared with"), max_length=300, blank=True)
    judged_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    judged_by_label = models.CharField(_("judged by"), max_length=60, blank=True)
    judged_at = models.DateTimeField(_("judged at"), null=True)

    objects = SpotCheckItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of a spot check")
        verbose_name_plural = _("records of spot checks")
        indexes = [
            # The home page asks what a committee has to mend.
            models.Index(
                fields=["record_committee"],
                name="spot_check_wrong",
                condition=Q(finding=Finding.WRONG),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "position"], name="spot_check_position"),
            models.UniqueConstraint(fields=["check_of", "record"], name="spot_check_record_once"),
            models.CheckConstraint(
                name="spot_check_finding_has_evidence",
                condition=Q(finding="") | ~Q(evidence="") & Q(judged_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.volunteer_name} · {self.activity_title}"

    @property
    def hours(self) -> str:
        """``2.0``."""
        return hours_text(self.minutes)

    @property
    def reason_to_mend(self) -> str:
        """What a correction gives as its reason, as the judge said it."""
        return f"{self.check_of.title}：{self.evidence}"[:_REASON_CHARACTERS]
