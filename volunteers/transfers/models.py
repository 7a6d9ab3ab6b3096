"""Transfers: a volunteer is to belong to another committee."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.transfers.queries import TransferQuerySet

__all__ = ["AskingSide", "GuardianAnswer", "Transfer", "TransferState"]


class TransferState(models.TextChoices):
    """Waiting until the receiving committee answers, or who asked takes it back."""

    WAITING = "waiting", _("waiting for the receiving committee")
    DONE = "done", _("transferred")
    REFUSED = "refused", _("not taken over")
    WITHDRAWN = "withdrawn", _("taken back")
    OVERTAKEN = "overtaken", _("settled otherwise")


class AskingSide(models.TextChoices):
    """Who wants it."""

    PERSON = "person", _("the volunteer")
    ORIGIN = "origin", _("the present committee")


class GuardianAnswer(models.TextChoices):
    """What the guardian of somebody under 18 has said; nobody is asked for an adult."""

    NOT_ASKED = "", _("of age")
    ASKED = "asked", _("waiting for the guardian")
    AGREED = "agreed", _("the guardian agrees")
    REFUSED = "refused", _("the guardian does not agree")


class Transfer(models.Model):
    """A request that both committees see, and nobody writes but the database's own functions.

    Names and number are those of the moment of asking: neither side sees the other's rows. The
    row is never changed after its answer, so it is its own history.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    volunteer_name = models.CharField(_("volunteer"), max_length=50)
    volunteer_number = models.CharField(_("portal number"), max_length=12)
    origin = models.ForeignKey(
        "organizations.Committee", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    origin_name = models.CharField(_("present committee"), max_length=300)
    destination = models.ForeignKey(
        "organizations.Committee", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    destination_name = models.CharField(_("receiving committee"), max_length=300)
    asked_side = models.CharField(_("asked by"), max_length=6, choices=AskingSide)
    asked_by_label = models.CharField(_("asked by"), max_length=60)
    asked_at = models.DateTimeField(_("asked at"))
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(
        _("state"), max_length=9, choices=TransferState, default=TransferState.WAITING
    )
    # Set by the database as it is asked; the receiving side sees nothing before the answer.
    guardian = models.CharField(
        _("guardian"), max_length=7, choices=GuardianAnswer, blank=True, default=""
    )
    guardian_name = models.CharField(_("guardian"), max_length=50, blank=True)
    guardian_at = models.DateTimeField(_("when the guardian answered"), null=True)
    answered_by_label = models.CharField(_("who answered"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("when answered"), null=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        indexes = [
            models.Index(fields=["volunteer", "-id"], name="transfer_volunteer"),
            models.Index(fields=["origin", "-id"], name="transfer_origin"),
            models.Index(fields=["destination", "-id"], name="transfer_destination"),
        ]
        constraints = [
            # Of one side only: a request to somebody else is nobody's business here.
            models.UniqueConstraint(
                name="transfer_waiting_once",
                fields=["volunteer", "destination"],
                condition=Q(state=TransferState.WAITING),
            ),
            models.CheckConstraint(
                name="transfer_answered_says_when",
                condition=Q(state=TransferState.WAITING, answered_at__isnull=True)
                | ~Q(state=TransferState.WAITING) & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_guardian_first",
                condition=~Q(state=TransferState.DONE)
                | Q(guardian__in=[GuardianAnswer.NOT_ASKED, GuardianAnswer.AGREED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_number} · {self.state}"
