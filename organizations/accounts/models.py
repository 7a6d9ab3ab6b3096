"""Accounts and memberships: who may act for which committee."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from organizations.accounts.queries import InvitationQuerySet, MembershipQuerySet
from organizations.committees.ownership import CommitteeOwned

__all__ = ["ApiToken", "Invitation", "MemberRole", "Membership", "User"]


class User(AbstractUser):
    """An account: an identity that logs in. What it may do stands in memberships.

    ``volunteer_id`` names the volunteer whom the account belongs to; the table lies in an app
    above, which sets it.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=50, blank=True)
    volunteer_id = models.BigIntegerField(null=True, unique=True, editable=False)
    # Sessions and tokens carry the number of the time they began in; the next number ends them.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    # Who handed over the link that this account, or its present password, came by.
    access_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    access_from_at = models.DateTimeField(null=True, editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager[Self]] = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The person's name, or the login name where none is known."""
        return str(self)

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: the password's digest and the account's epoch."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """As Django's, with the epoch."""
        for fallback in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret=fallback)

    def _session_hash(self, *, secret: str | bytes | None = None) -> str:
        return salted_hmac(
            "organizations.accounts.session",
            f"{self.session_epoch}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_short_name(self) -> str:
        """As `get_full_name`: Chinese names are not shortened."""
        return str(self)


class MemberRole(models.TextChoices):
    """A role in a committee; what each may do stands in `organizations.accounts.access`."""

    SECRETARY = "secretary", _("secretary")
    OFFICER = "officer", _("officer")
    RECORDER = "recorder", _("recorder")
    AUDITOR = "auditor", _("auditor")


@pghistory.track()
class Membership(CommitteeOwned):
    """A person acts for a committee in a role, from a day to a day (both included)."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoke_reason = models.CharField(_("reason"), max_length=200, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("granted by")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["committee"], name="membership_committee")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "committee", "role"],
                condition=Q(revoked_at__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.committee} · {self.get_role_display()}"

    # Django's own hash every label of the field anew at each call, on every page's header.
    def get_role_display(self) -> str:  # type: ignore[no-redef]
        """The role in the reader's language."""
        return str(MemberRole(self.role).label)

    def state_on(self, day: date) -> str:
        """``revoked``, ``ended``, ``coming``, ``inactive`` (account switched off) or ``valid``."""
        if self.revoked_at is not None:
            return "revoked"
        if self.ends_on is not None and self.ends_on < day:
            return "ended"
        if not self.user.is_active:
            return "inactive"
        return "coming" if self.starts_on > day else "valid"

    @property
    def state(self) -> str:
        """As `state_on`, today."""
        return self.state_on(timezone.localdate())


class Invitation(CommitteeOwned):
    """A link by which a person joins a committee; only the digest of its token is kept."""

    role = models.CharField(_("role"), max_length=10, choices=MemberRole)
    name = models.CharField(_("name"), max_length=50)
    token_digest = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["committee"], name="invitation_committee")]

    def __str__(self) -> str:
        return f"{self.name} · {self.committee}"


class ApiToken(models.Model):
    """A key for programs, acting under one membership; only its digest is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="api_tokens")
    epoch = models.PositiveIntegerField(default=0, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.membership} · {self.created_at:%Y-%m-%d}"
