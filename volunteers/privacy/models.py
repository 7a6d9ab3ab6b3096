"""A person's own data: consents and their texts, requests, copies, what is kept under seal."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.crypto.rotation import register_sealed_columns
from core.crypto.sealing import sealing_context
from organizations.committees.ownership import TIERS, CommitteeOwned, TieredByCommittee
from volunteers.privacy.queries import (
    ConsentQuerySet,
    ConsentTextQuerySet,
    PrivacyRequestQuerySet,
)

__all__ = [
    "Consent",
    "ConsentKind",
    "ConsentText",
    "DataExport",
    "HowConsented",
    "PrivacyRequest",
    "RequestKind",
    "RequestState",
    "RetainedIdentity",
    "retained_context",
]


class ConsentKind(models.TextChoices):
    """Whose consent: the person's own, or a guardian's for a minor."""

    OWN = "own", _("the person's own consent")
    GUARDIAN = "guardian", _("a guardian's consent")


class ConsentText(models.Model):
    """One version of what is consented to; never changed, only followed by another.

    Without a committee it is the portal's own; a province may publish its own versions.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=ConsentKind)
    committee = models.ForeignKey(
        "organizations.Committee",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=100)
    body = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by_label = models.CharField(_("published by"), max_length=60, blank=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of consent")
        verbose_name_plural = _("texts of consent")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "committee", "version"],
                name="consent_text_version",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.version}"

    @property
    def paragraphs(self) -> list[str]:
        """The text as pages and documents set it."""
        return [line for line in self.body.splitlines() if line.strip()]


class HowConsented(models.TextChoices):
    """By which way a consent came."""

    CODE = "code", _("by a code to the telephone")
    ACCOUNT = "account", _("from the person's account")


@pghistory.track(exclude=TIERS)
class Consent(TieredByCommittee):
    """A consent to one version of a text: since when, by whom, how, and until when it held."""

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="consents", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ConsentKind)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(_("given by"), max_length=50)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    how = models.CharField(_("how"), max_length=8, choices=HowConsented)
    phone_mask = models.CharField(_("telephone"), max_length=20, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    lapsed = models.BooleanField(_("lapsed at eighteen"), default=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["volunteer", "-id"], name="consent_volunteer")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "kind"],
                condition=Q(ended_at__isnull=True),
                name="consent_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.kind} · {self.given_at:%Y-%m-%d}"


class RequestKind(models.TextChoices):
    """What a person or a guardian asks of the committee, or tells it."""

    CORRECTION = "correction", _("correction of the entry")
    WITHDRAWAL = "withdrawal", _("consent withdrawn")
    GUARDIAN = "guardian", _("guardian's consent withdrawn")
    ERASURE = "erasure", _("erasure")
    DISOWNED = "disowned", _("“this is not me”")
    NUMBER = "number", _("identity number to be checked")


class RequestState(models.TextChoices):
    """Open → done or declined by the committee, or cancelled by the person."""

    OPEN = "open", pgettext_lazy("request", "open")
    DONE = "done", pgettext_lazy("request", "done")
    DECLINED = "declined", pgettext_lazy("request", "declined")
    CANCELLED = "cancelled", pgettext_lazy("request", "cancelled")


@pghistory.track()
class PrivacyRequest(CommitteeOwned):
    """Something about a person's own data that the committee has to know, or to answer.

    ``due_on`` is the day on which an erasure is done, ``kept_until`` how long the law makes keep
    what is sealed away then; ``state_before`` is what the entry goes back to when it is cancelled.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer",
        on_delete=models.PROTECT,
        related_name="privacy_requests",
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=RequestKind)
    message = models.CharField(_("message"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState, default=RequestState.OPEN
    )
    state_before = models.CharField(max_length=9, blank=True)
    asked_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    asked_by_label = models.CharField(_("asked by"), max_length=60)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    due_on = models.DateField(_("due on"), null=True)
    kept_until = models.DateField(_("kept until"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_by_label = models.CharField(_("answered by"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about own data")
        verbose_name_plural = _("requests about own data")
        indexes = [
            models.Index(fields=["volunteer", "-id"], name="privacy_request_volunteer"),
            # What waits for a committee, and what the daily job looks for.
            models.Index(
                fields=["committee", "-id"],
                name="privacy_request_open",
                condition=Q(state=RequestState.OPEN),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "kind"],
                condition=Q(state=RequestState.OPEN),
                name="privacy_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.kind} · {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state == RequestState.OPEN

    @property
    def seals_away(self) -> bool:
        """Whether the entry is sealed away when it is due."""
        return self.kind in {RequestKind.ERASURE, RequestKind.DISOWNED}


class RetainedIdentity(CommitteeOwned):
    """Who a sealed-away entry was: kept because the law says so, and read by no role.

    ``sealed`` is JSON (name, document, telephone, birth date), bound to a purpose of its own.
    """

    volunteer = models.OneToOneField(
        "volunteers.Volunteer", on_delete=models.PROTECT, primary_key=True, related_name="retained"
    )
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField(_("sealed away at"), default=timezone.now)
    kept_until = models.DateField(_("kept until"))

    class Meta:
        verbose_name = _("identity kept under seal")
        verbose_name_plural = _("identities kept under seal")

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.kept_until}"


def retained_context(volunteer_id: int) -> str:
    """What a retained identity is bound to: no value of the registry opens as one of these."""
    return sealing_context("volunteers.retained", volunteer_id)


def _context_of_retained(row: RetainedIdentity, _column: str) -> str:
    return retained_context(row.volunteer_id)


register_sealed_columns(RetainedIdentity, fields=["sealed"], context=_context_of_retained)


class DataExport(models.Model):
    """A copy of a person's own data, for that person alone, until it expires."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    json_file = models.CharField(max_length=120, blank=True)
    pdf_file = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        verbose_name = _("copy of own data")
        verbose_name_plural = _("copies of own data")
        indexes = [models.Index(fields=["volunteer", "user"], name="data_export_volunteer")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.made_at:%Y-%m-%d}"

    @property
    def expires_on(self) -> date:
        """The day on which the files go."""
        return timezone.localdate(self.expires_at)
