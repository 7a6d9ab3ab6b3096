"""Signals: what about a record deserves a second look. None of them refuses by itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.tenancy.keys import PathKeyField
from core.web.figures import hours_text
from organizations.committees.ownership import TIERS, TieredByCommittee
from volunteers.signals.queries import RecordSignalQuerySet, UnseenSheetQuerySet

__all__ = ["RecordSignal", "SignalCode", "UnseenSheet"]


class SignalCode(models.TextChoices):
    """The signals, by the short words on chips; a sheet's chips stand in this order."""

    LONG_DAY = "long_day", pgettext_lazy("signal", "long day")
    LONG_STRETCH = "long_stretch", pgettext_lazy("signal", "long record")
    MINOR_AT_NIGHT = "minor_at_night", pgettext_lazy("signal", "minor at night")
    EARLY = "early", pgettext_lazy("signal", "early")
    SAME_MINUTE = "same_minute", pgettext_lazy("signal", "same minute, one hand")
    STRANGER = "stranger", pgettext_lazy("signal", "never seen here")
    LATE_ENTRY = "late_entry", pgettext_lazy("signal", "entered late")
    JUMP = "jump", pgettext_lazy("signal", "sudden jump")
    ROUND = "round", pgettext_lazy("signal", "whole hours throughout")


_SENTENCES = {
    SignalCode.LONG_DAY: gettext_lazy("{hours} hours on that day, more than {limit}"),
    SignalCode.LONG_STRETCH: gettext_lazy("{hours} hours in one record, more than {limit}"),
    SignalCode.MINOR_AT_NIGHT: gettext_lazy("under {limit} years and at night"),
    SignalCode.EARLY: gettext_lazy("begins at {clock}, before {limit}:00"),
    SignalCode.SAME_MINUTE: gettext_lazy(
        "{figure} records of this sheet entered by one person within one minute"
    ),
    SignalCode.STRANGER: gettext_lazy(
        "registered elsewhere, and no confirmed record here in {limit} days"
    ),
    SignalCode.LATE_ENTRY: gettext_lazy("entered {figure} days after the service"),
    SignalCode.JUMP: gettext_lazy("{hours} hours in that month; {limit_hours} in an average month"),
    SignalCode.ROUND: gettext_lazy("all {figure} records of a year are of whole hours"),
}


class RecordSignal(TieredByCommittee):
    """One signal about one record.

    ``committee`` is the lowest one that has in its own scope all that the signal says: what adds
    up only over two townships belongs to their county, and neither township reads it. ``figure``
    and ``against`` are what was found and what it was measured by; see the statements for units.
    ``waiting``: the record has not been confirmed yet.
    """

    sheet = models.ForeignKey(
        "volunteers.HoursSheet", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    record = models.ForeignKey(
        "volunteers.ServiceRecord", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    code = models.CharField(max_length=14, choices=SignalCode)
    figure = models.IntegerField()
    against = models.IntegerField()
    waiting = models.BooleanField(default=True)
    found_at = models.DateTimeField()

    objects = RecordSignalQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("signal")
        verbose_name_plural = gettext_lazy("signals")
        indexes = [
            # The queue goes from one odd sheet to the next, in a province, a city, a county.
            *(
                models.Index(
                    fields=[tier, "sheet"], name=f"signal_waiting_{tier}", condition=Q(waiting=True)
                )
                for tier in TIERS
            ),
            models.Index(fields=["sheet", "record"], name="signal_sheet"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "code"], name="signal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} · {self.code}"

    @property
    def label(self) -> str:
        """The short word."""
        return str(SignalCode(self.code).label)

    @property
    def sentence(self) -> str:
        """The reason with its figures, in the reader's language."""
        return str(_SENTENCES[SignalCode(self.code)]).format(
            figure=f"{self.figure:,}",
            hours=hours_text(self.figure),
            clock=f"{self.figure // 60}:{self.figure % 60:02d}",
            limit=f"{self.against:,}",
            limit_hours=hours_text(self.against),
        )


class UnseenSheet(models.Model):
    """A mark that a sheet's waiting records changed, written by a trigger with the change.

    Marks are only appended, and taken by who looks for signals next.
    """

    sheet_id = models.BigIntegerField()
    committee_path = PathKeyField()
    marked_at = models.DateTimeField(default=timezone.now)

    objects = UnseenSheetQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("sheet to look at")
        verbose_name_plural = gettext_lazy("sheets to look at")
        indexes = [models.Index(fields=["sheet_id"], name="unseen_sheet")]

    def __str__(self) -> str:
        return _("sheet {sheet}").format(sheet=self.sheet_id)
