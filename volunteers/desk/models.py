"""Drafts of hours: what somebody is still typing, kept on the server until it is submitted."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.crypto.rotation import register_sealed_columns
from core.crypto.sealing import seal, sealing_context, unseal
from organizations.committees.ownership import CommitteeOwned
from volunteers.desk.queries import DraftQuerySet, DraftRowQuerySet
from volunteers.hours.models import MINUTES_OF_A_DAY, ServiceKind

__all__ = ["CELLS", "COMMON", "Draft", "DraftRow", "DraftState", "RowState"]

# What a person types into a row, always kept as typed.
CELLS = ("person", "activity", "date", "start", "end", "hours", "note")
MOST_OF_PERSON = 200
# What is set once for all rows; a row's own text wins.
COMMON = ("activity", "kind", "date", "start", "end")


class DraftState(models.TextChoices):
    """Open until all is submitted or it is set aside; a template is never submitted."""

    OPEN = "open", _("still open")
    SUBMITTED = "submitted", _("submitted")
    DISCARDED = "discarded", _("set aside")
    TEMPLATE = "template", _("template")


class RowState(models.TextChoices):
    """What the last check said of a row."""

    EMPTY = "empty", _("empty row")
    INCOMPLETE = "incomplete", _("to be completed")
    CHOOSE = "choose", _("person to be chosen")
    REFUSED = "refused", _("to be mended")
    READY = "ready", _("can be submitted")
    SUBMITTED = "submitted", _("submitted")


class Draft(CommitteeOwned):
    """Rows of hours that belong together, with what is common to them.

    ``revision`` counts every change of the draft or of one of its rows, under the draft's lock; a
    window that has seen revision R asks for what changed since. Common values are texts as typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=DraftState, default=DraftState.OPEN)
    activity = models.CharField(_("activity"), max_length=200, blank=True)
    # Empty: as the activity's title says.
    kind = models.CharField(_("kind"), max_length=12, choices=ServiceKind, blank=True)
    date = models.CharField(_("date"), max_length=60, blank=True)
    start = models.CharField(_("From"), max_length=60, blank=True)
    end = models.CharField(_("To"), max_length=60, blank=True)
    # What a draft that was set aside becomes when it is taken up again.
    kept_as_template = models.BooleanField(default=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("organisation"),
    )
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    # The sheet that was sent back and is mended here; what is submitted stays on it.
    sheet = models.ForeignKey(
        "volunteers.HoursSheet",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    revision = models.BigIntegerField(default=0)
    # The revision in which the common values last changed, and the window that changed them.
    common_revision = models.BigIntegerField(default=0)
    common_window = models.UUIDField(null=True, editable=False)
    created_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_by_label = models.CharField(_("begun by"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    # Accounts that changed anything in it, whoever submits it in the end.
    hands = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)
    changed_by_label = models.CharField(_("changed by"), max_length=60)
    changed_at = models.DateTimeField(_("changed at"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of hours")
        verbose_name_plural = _("drafts of hours")
        indexes = [
            # The few that are not done; those submitted stay for good.
            models.Index(
                fields=["committee", "-changed_at"],
                name="draft_to_go_on_with",
                condition=~Q(state=DraftState.SUBMITTED),
            ),
        ]
        constraints = [
            # Two of one sheet would each hand in what the other has.
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(state=DraftState.OPEN), name="draft_of_sheet_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.activity

    @property
    def bundle(self) -> UUID:
        """The key of the pictures beside it; those of the sheet that it mends, else its own."""
        return self.id if self.sheet is None else self.sheet.evidence_key


class DraftRow(CommitteeOwned):
    """One row: what was typed, who was chosen, what the last check said.

    ``key`` is chosen by the browser and becomes the nonce of the record. A removed row stays, so
    that another window learns of it. Once somebody is settled on, the typed text is the name: no
    number stays in a draft longer than it is needed, and until then it is sealed.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="rows", db_index=False)
    key = models.UUIDField()
    # Between two rows there is always room for another.
    position = models.FloatField()
    # Who was typed may be an identity number, so it lies sealed like any other; see `person`.
    person_sealed = models.BinaryField(null=True, editable=False)
    activity = models.CharField(_("activity"), max_length=200, blank=True)
    date = models.CharField(_("date"), max_length=60, blank=True)
    start = models.CharField(_("From"), max_length=60, blank=True)
    end = models.CharField(_("To"), max_length=60, blank=True)
    hours = models.CharField(_("hours"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    volunteer = models.ForeignKey(
        "volunteers.Volunteer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # As of the choice: a visitor's entry is out of the drafting committee's sight.
    volunteer_name = models.CharField(max_length=50, blank=True, db_collation="C")
    volunteer_number = models.CharField(max_length=12, blank=True)
    visitor = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)
    # When anything of the row last changed, and when what a person typed or chose did.
    revision = models.BigIntegerField()
    typed_revision = models.BigIntegerField()
    window = models.UUIDField(null=True, editable=False)
    changed_by_label = models.CharField(_("changed by"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.EMPTY)
    field = models.CharField(max_length=8, blank=True)
    # Code and values of the sentence, which is made in the reader's language.
    fault = models.JSONField(null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    record = models.ForeignKey(
        "volunteers.ServiceRecord",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    # The record that was sent back and is mended here, and how it looked when it was taken up.
    mends = models.ForeignKey(
        "volunteers.ServiceRecord",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    mends_stamp = models.CharField(max_length=64, blank=True, editable=False, db_default="")

    objects = DraftRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a draft")
        verbose_name_plural = _("rows of drafts")
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="draft_row_key_once"),
            models.CheckConstraint(
                name="draft_row_minutes_fit_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=MINUTES_OF_A_DAY),
            ),
            models.CheckConstraint(
                name="draft_row_typed_before_changed",
                condition=Q(typed_revision__lte=F("revision")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.position:g} · {self.volunteer_name}"

    @property
    def person(self) -> str:
        """Who was typed; up to 200 characters are kept. The row needs its key first."""
        if self.person_sealed is None:
            return ""
        return unseal(bytes(self.person_sealed), context=_context_of_row(self, "person_sealed"))

    @person.setter
    def person(self, text: str) -> None:
        context = _context_of_row(self, "person_sealed")
        text = text[:MOST_OF_PERSON]
        self.person_sealed = seal(text, context=context) if text else None

    @property
    def cells(self) -> dict[str, str]:
        """What was typed, by the name of the cell."""
        return {name: getattr(self, name) for name in CELLS}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen."""
        return self.volunteer_id is None and not any(getattr(self, name).strip() for name in CELLS)

    def content(self) -> tuple[Any, ...]:
        """What a person decides about the row: equal contents are no conflict."""
        typed = tuple(getattr(self, name) for name in CELLS)
        return (*typed, self.volunteer_id, self.position, self.removed)


def _context_of_row(row: DraftRow, _column: str) -> str:
    return sealing_context("volunteers.draft_person", row.key)


register_sealed_columns(DraftRow, fields=["person_sealed"], context=_context_of_row)
