"""Changes made to many volunteers at once: what, to whom, and how it was before."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import CommitteeOwned
from volunteers.bulk.queries import BulkChangeQuerySet, BulkRowQuerySet

__all__ = ["UNDO_DAYS", "BulkChange", "BulkKind", "BulkRow", "Outcome"]

UNDO_DAYS = 7


class BulkKind(models.TextChoices):
    """What is done to everybody chosen."""

    PAUSE = "pause", pgettext_lazy("bulk", "pause")
    REACTIVATE = "reactivate", pgettext_lazy("bulk", "take up again")
    WITHDRAW = "withdraw", pgettext_lazy("bulk", "record the withdrawal")
    MOVE = "move", pgettext_lazy("bulk", "move to another township of the county")
    ADD_WORD = "add_word", pgettext_lazy("bulk", "add a skill or another word")
    DROP_WORD = "drop_word", pgettext_lazy("bulk", "take a skill or another word away")


class Outcome(models.TextChoices):
    """Waiting → done, or left out; what was done may be undone, or left as it is by an undo."""

    WAITING = "waiting", pgettext_lazy("bulk", "waiting")
    DONE = "done", pgettext_lazy("bulk", "changed")
    LEFT = "left", pgettext_lazy("bulk", "left out")
    UNDONE = "undone", pgettext_lazy("bulk", "put back")
    KEPT = "kept", pgettext_lazy("bulk", "not put back")


class BulkChange(CommitteeOwned):
    """One change of many entries by one officer, who acts for ``committee``.

    ``term``, ``destination`` and ``back_on`` belong to some kinds only. The row stays as the log.
    """

    kind = models.CharField(_("what"), max_length=10, choices=BulkKind)
    term = models.ForeignKey(
        "volunteers.Term", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    destination = models.ForeignKey(
        "organizations.Committee",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    back_on = models.DateField(_("expected back on"), null=True)
    reason = models.CharField(_("reason"), max_length=200)
    chosen = models.PositiveIntegerField(_("people chosen"))
    user = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user_label = models.CharField(_("by"), max_length=60)
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by_label = models.CharField(_("undone by"), max_length=60, blank=True)
    # Chosen by the page: what is sent twice is done once.
    nonce = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of many volunteers")
        verbose_name_plural = _("changes of many volunteers")
        indexes = [models.Index(fields=["committee", "-id"], name="bulk_change_newest")]
        constraints = [
            models.CheckConstraint(
                name="bulk_change_says_what",
                condition=Q(kind__in=["add_word", "drop_word"], term__isnull=False)
                | Q(kind="move", destination__isnull=False)
                | Q(kind__in=["pause", "reactivate", "withdraw"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def title(self) -> str:
        """What is done, with the word or the place."""
        what = str(BulkKind(self.kind).label)
        if self.term is not None:
            return _now("{what}: {which}").format(what=what, which=self.term.name)
        if self.destination is not None:
            return _now("{what}: {which}").format(what=what, which=self.destination.name)
        return what

    @property
    def undo_until(self) -> datetime | None:
        """The last moment for taking it back; None before it is done."""
        return self.done_at + timedelta(days=UNDO_DAYS) if self.done_at else None

    @property
    def may_be_undone(self) -> bool:
        """Whether it stands and is young enough."""
        until = self.undo_until
        return self.undone_at is None and until is not None and timezone.now() < until


class BulkRow(CommitteeOwned):
    """What became of one of the people chosen; ``committee`` is the change's.

    ``before`` holds what an undo puts back: ``state`` and ``back``, ``committee``, or ``skills``,
    ``term`` (the id of the person's word) and ``until``. ``event`` is the newest row of the
    person's history as the change was done: a later one says that somebody changed the entry since.
    """

    change = models.ForeignKey(
        BulkChange, on_delete=models.PROTECT, related_name="rows", db_index=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("portal number"), max_length=12)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    why = models.CharField(max_length=20, blank=True)
    before = models.JSONField(default=dict)
    event = models.BigIntegerField(null=True)

    objects = BulkRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of a change of many")
        verbose_name_plural = _("people of a change of many")
        indexes = [models.Index(fields=["change", "outcome", "-id"], name="bulk_row_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["change", "volunteer"], name="bulk_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} · {self.number} · {self.outcome}"
