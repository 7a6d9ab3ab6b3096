"""Looks at full identifiers, and the approval that one at a minor's needs."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.registry.models.people import Volunteer
from volunteers.registry.queries import (
    RevealApprovalQuerySet,
)

__all__ = [
    "EVERYTHING",
    "LOOKED_AT",
    "ApprovalState",
    "IdentityReveal",
    "RevealApproval",
    "RevealField",
]


class RevealField(models.TextChoices):
    """An identifier that may be looked at in full."""

    NUMBER = "number", _("identity number")
    PHONE = "phone", _("telephone")
    GUARDIAN_PHONE = "guardian_phone", _("guardian's telephone")

    @property
    def sealed_column(self) -> str:
        """Where it lies sealed."""
        return f"{self.value}_sealed"


# A look at all of them at once, and one at whom to call in an emergency.
EVERYTHING = "all"
EMERGENCY = "emergency"
LOOKED_AT = [
    *RevealField.choices,
    (EVERYTHING, _("all numbers")),
    (EMERGENCY, _("whom to call in an emergency")),
]


class IdentityReveal(CommitteeOwned):
    """Somebody looked at a full identifier: who, which, why. The person sees this row."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="reveals")
    field = models.CharField(_("what"), max_length=14, choices=LOOKED_AT)
    reason = models.CharField(_("reason"), max_length=200)
    user = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    user_label = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("look at an identifier")
        verbose_name_plural = _("looks at identifiers")
        ordering = ["-at"]
        indexes = [models.Index(fields=["volunteer", "-at"], name="reveal_volunteer")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.field} · {self.at:%Y-%m-%d %H:%M}"


class ApprovalState(models.TextChoices):
    """Asked → approved → used; declined or lapsed instead."""

    ASKED = "asked", _("asked")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    USED = "used", _("used")
    LAPSED = "lapsed", _("lapsed")


@pghistory.track()
class RevealApproval(CommitteeOwned):
    """A second person lets somebody look once at a minor's identifier.

    未成年人网络保护条例, art. 36: least privilege, approval beforehand, a record of the look.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="approvals")
    field = models.CharField(_("what"), max_length=14, choices=RevealField)
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(
        _("state"), max_length=8, choices=ApprovalState, default=ApprovalState.ASKED
    )
    asked_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_by_label = models.CharField(_("asked by"), max_length=60)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_by_label = models.CharField(_("answered by"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    expires_at = models.DateTimeField(_("holds until"), null=True)
    # The look that it was used for.
    reveal = models.OneToOneField(
        IdentityReveal, on_delete=models.PROTECT, null=True, related_name="approval"
    )

    objects = RevealApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval of a look")
        verbose_name_plural = _("approvals of looks")
        indexes = [
            models.Index(fields=["volunteer", "-id"], name="approval_volunteer"),
            # What waits for a secretary.
            models.Index(
                fields=["committee", "id"],
                name="approval_asked",
                condition=Q(state=ApprovalState.ASKED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="approval_open_once",
                fields=["volunteer", "field", "asked_by"],
                condition=Q(state__in=[ApprovalState.ASKED, ApprovalState.APPROVED]),
            ),
            models.CheckConstraint(
                name="approval_by_second_person",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="approval_used_for_a_look",
                condition=Q(state=ApprovalState.USED, reveal__isnull=False)
                | (~Q(state=ApprovalState.USED) & Q(reveal__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.field} · {self.state}"
