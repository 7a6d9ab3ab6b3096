"""Certificates of service: what was certified, to whom, by which committee; whether it stands."""

from __future__ import annotations

from secrets import token_urlsafe

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.figures import hours_text
from organizations.committees.ownership import TIERS, TieredByCommittee
from volunteers.certificates.queries import CertificateQuerySet

__all__ = ["Certificate", "CertificateState", "SealState", "new_code"]

# 192 random bits, 32 characters.
_CODE_BYTES = 24


def new_code() -> str:
    """A code that nobody guesses."""
    return token_urlsafe(_CODE_BYTES)


class CertificateState(models.TextChoices):
    """Issued, then withdrawn or not."""

    ISSUED = "issued", pgettext_lazy("certificate", "issued")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "withdrawn")


class SealState(models.TextChoices):
    """None → requested → applied or declined; after a decline it may be requested again."""

    NONE = "none", pgettext_lazy("seal", "without a seal")
    REQUESTED = "requested", pgettext_lazy("seal", "seal requested")
    APPLIED = "applied", pgettext_lazy("seal", "sealed")
    DECLINED = "declined", pgettext_lazy("seal", "seal declined")


@pghistory.track(exclude=[*TIERS, "lines"])
class Certificate(TieredByCommittee):
    """Confirmed service of one volunteer in one period, as it was on the day of issue.

    ``lines`` holds what the paper lists, so that it prints the same ever after and for whoever may
    see the certificate; ``records`` are the ids behind them, by which a later void shows. The full
    name and number are never kept here. ``payload`` is what the code on the paper says offline,
    ``digest`` its SHA-256 together with the code, which ``signature`` signs; all three are empty
    once the volunteer is sealed away.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    masked_name = models.CharField(_("name"), max_length=50)
    volunteer_number = models.CharField(_("portal number"), max_length=12)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"))
    chosen = models.CharField(_("only"), max_length=1000, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"))
    # Minutes by source of the record.
    sources = models.JSONField(_("how the hours came to be"))
    records = ArrayField(models.BigIntegerField(), editable=False)
    lines = models.JSONField(editable=False)
    shows_full_number = models.BooleanField(_("full identity number"), default=False)
    code = models.CharField(max_length=43, unique=True, default=new_code, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial number"))
    nonce = models.UUIDField(null=True, unique=True, editable=False)
    batch = models.UUIDField(null=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Empty where the volunteer did it.
    issued_by_label = models.CharField(_("issued by"), max_length=60, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=CertificateState, default=CertificateState.ISSUED
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by_label = models.CharField(_("withdrawn by"), max_length=60, blank=True)
    withdraw_reason = models.CharField(_("reason"), max_length=200, blank=True)
    seal_state = models.CharField(
        _("seal"), max_length=9, choices=SealState, default=SealState.NONE
    )
    seal_asked_at = models.DateTimeField(_("requested at"), null=True)
    seal_answered_at = models.DateTimeField(_("answered at"), null=True)
    seal_answered_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    seal_answered_by_label = models.CharField(_("answered by"), max_length=60, blank=True)
    seal_reason = models.CharField(_("reason"), max_length=200, blank=True)
    payload = models.CharField(max_length=600, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    key_id = models.CharField(max_length=32, editable=False)
    signature = models.CharField(max_length=86, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        indexes = [
            models.Index(fields=["volunteer", "-id"], name="certificate_volunteer"),
            models.Index(fields=["tier2", "-id"], name="certificate_tier2"),
            models.Index(fields=["tier3", "-id"], name="certificate_tier3"),
            models.Index(fields=["batch"], name="certificate_batch"),
            # The queue of a committee.
            models.Index(
                fields=["tier3", "id"],
                name="certificate_seal_requested",
                condition=Q(seal_state=SealState.REQUESTED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year", "serial"], name="certificate_serial"
            ),
            models.CheckConstraint(
                name="certificate_period", condition=Q(first_on__lte=F("last_on"))
            ),
            models.CheckConstraint(
                name="certificate_withdrawn_says_why",
                condition=Q(state=CertificateState.ISSUED, withdrawn_at__isnull=True)
                | Q(state=CertificateState.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdraw_reason=""),
            ),
            models.CheckConstraint(
                name="certificate_seal_by_a_person",
                condition=~Q(seal_state=SealState.APPLIED)
                | Q(seal_answered_by__isnull=False, seal_answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.volunteer_number}"

    @property
    def number(self) -> str:
        """``441802009-2026-000012``: issuing committee, year, serial number."""
        return f"{self.committee.code}-{self.year}-{self.serial:06d}"

    @property
    def hours(self) -> str:
        """``12.5``."""
        return hours_text(self.minutes)

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.state == CertificateState.ISSUED

    @property
    def may_ask_seal(self) -> bool:
        """Whether a seal can be requested now."""
        return self.stands and self.seal_state in {SealState.NONE, SealState.DECLINED}

    @property
    def awaits_seal(self) -> bool:
        """Whether an officer is to answer."""
        return self.stands and self.seal_state == SealState.REQUESTED

    @property
    def is_sealed(self) -> bool:
        """Whether the committee's seal stands on it."""
        return self.seal_state == SealState.APPLIED

    @property
    def fragment(self) -> str:
        """What the code on the paper says offline, ``#KEY.PAYLOAD.SIGNATURE`` behind its address.

        Empty once the volunteer is sealed away: the payload holds the masked name.
        """
        return f"#{self.key_id}.{self.payload}.{self.signature}" if self.payload else ""
