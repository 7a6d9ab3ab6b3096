"""A number that another committee has registered: who asks sees one row, who holds it another.

Two tables, because each side may know its own half only: the request does not say whether anybody
has the number, the notice does not say more of who asks than the committee and why.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.web.labels import label_of
from organizations.committees.ownership import CommitteeOwned
from volunteers.duplicates.models.pairs import PairReason
from volunteers.duplicates.queries import NoticeQuerySet, RequestQuerySet

__all__ = ["ClashNotice", "ClashOutcome", "ClashRequest", "ClashState"]


class ClashState(models.TextChoices):
    """Waiting until the holding committee or the person answers, or who asked takes it back."""

    WAITING = "waiting", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("taken back")


class ClashOutcome(models.TextChoices):
    """How it is settled."""

    TRANSFER = "transfer", _("the volunteer is to be transferred")
    VISITOR = "visitor", _("the volunteer stays registered there; record hours as for a visitor")
    MISTAKE = "mistake", _("not the same person; the number is being checked there")
    FREED = "freed", _("the number was put right there; register the volunteer now")
    CHECKED = "checked", _("the number was checked against the document and stays there")
    SAME = "same", _("the same person, registered twice")
    TWO = "two", _("two people")


class ClashRequest(CommitteeOwned):
    """What the asking committee sees: its own words, and the answer."""

    number_index = models.BinaryField(max_length=32)
    number_mask = models.CharField(_("identity number"), max_length=30)
    name = models.CharField(_("name"), max_length=50)
    reason = models.CharField(_("reason"), max_length=200)
    asked_by_label = models.CharField(_("asked by"), max_length=60)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=9, choices=ClashState, default=ClashState.WAITING
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=ClashOutcome, blank=True)
    note = models.CharField(_("answer"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("when answered"), null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about a registered number")
        verbose_name_plural = _("requests about registered numbers")
        indexes = [models.Index(fields=["committee", "-id"], name="clash_request_newest")]
        constraints = [
            models.UniqueConstraint(
                name="clash_request_once",
                fields=["committee", "number_index"],
                condition=Q(state=ClashState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_mask} · {self.state}"


class ClashNotice(CommitteeOwned):
    """What the holding committee and the person see. Only the database's functions write it."""

    # Asked by a committee, or by the nightly search, which tells neither side of the other.
    request = models.OneToOneField(
        ClashRequest, on_delete=models.PROTECT, null=True, related_name="+"
    )
    pair = models.ForeignKey(
        "volunteers.DuplicatePair", on_delete=models.CASCADE, null=True, related_name="notices"
    )
    # Where it is not the same person: the number is checked against the document.
    check_of_number = models.ForeignKey(
        "volunteers.PrivacyRequest", on_delete=models.PROTECT, null=True, related_name="+"
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    asking_name = models.CharField(_("asking committee"), max_length=300)
    name = models.CharField(_("name as given there"), max_length=50)
    reason = models.CharField(_("reason"), max_length=200)
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(
        _("state"), max_length=9, choices=ClashState, default=ClashState.WAITING
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=ClashOutcome, blank=True)
    note = models.CharField(_("answer"), max_length=200, blank=True)
    answered_by_label = models.CharField(_("who answered"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("when answered"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("somebody asks about a volunteer's number")
        verbose_name_plural = _("somebody asks about volunteers' numbers")
        indexes = [models.Index(fields=["committee", "-id"], name="clash_notice_newest")]
        constraints = [
            models.CheckConstraint(
                name="clash_notice_of_one_thing",
                condition=Q(request__isnull=False, pair__isnull=True)
                | Q(request__isnull=True, pair__isnull=False),
            ),
            models.UniqueConstraint(fields=["pair", "volunteer"], name="clash_notice_of_pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.state}"

    @property
    def why(self) -> str:
        """The reason in the reader's language; the search's own is a word of `PairReason`."""
        return label_of(PairReason, self.reason) if self.pair_id else self.reason
