"""Service hours: the portal's currency."""

from __future__ import annotations

from uuid import uuid4

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.web.figures import hours_text
from core.web.labels import label_of
from organizations.committees.ownership import TIERS, CommitteeOwned, TieredByCommittee
from volunteers.hours.queries import (
    CorrectionQuerySet,
    ServiceRecordQuerySet,
    SheetQuerySet,
    clock_of,
)

__all__ = [
    "ENTERED_AFTERWARDS",
    "CorrectionRequest",
    "CorrectionState",
    "HoursSheet",
    "RecordSource",
    "RecordState",
    "ServiceKind",
    "ServiceRecord",
]

MINUTES_OF_A_DAY = 24 * 60


class RecordState(models.TextChoices):
    """Draft → submitted → confirmed; void from any of them."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("awaiting confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    VOID = "void", _("void")


class RecordSource(models.TextChoices):
    """How a record came to be."""

    BOTH_SCANS = "both_scans", _("check-in and check-out")
    ONE_SCAN = "one_scan", _("one scan only")
    ROLL_CALL = "roll_call", _("roll call")
    BACKFILL = "backfill", _("entered afterwards")
    IMPORT = "import", _("entered afterwards, from a workbook")
    SELF_CLAIM = "self_claim", _("claimed by the volunteer")
    SYNTHETIC = "synthetic", _("synthetic, for demonstration")


# Written down by somebody once the service was over: such a record says so wherever it is shown,
# names its evidence and needs a second person, by whatever way it was entered.
ENTERED_AFTERWARDS = (RecordSource.BACKFILL, RecordSource.IMPORT)


class ServiceKind(models.TextChoices):
    """Kind of service."""

    ELDERLY = "elderly", _("care for the elderly")
    DISABILITY = "disability", _("help for people with disabilities")
    CHILDREN = "children", _("children and schooling")
    ENVIRONMENT = "environment", _("environment")
    ORDER = "order", _("public order and traffic")
    COMMUNITY = "community", _("community service")
    EVENTS = "events", _("large events")
    EMERGENCY = "emergency", _("emergency relief")
    OTHER = "other", _("other service")


class HoursSheet(CommitteeOwned):
    """Records entered together: one workbook, one sheet of paper, one form.

    The confirmer works sheet by sheet.
    """

    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=10, choices=RecordSource)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    # The bundle of its evidence files; sheets that came of one draft share it.
    evidence_key = models.UUIDField(default=uuid4, db_default=RandomUUID(), editable=False)
    recorded_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_by_label = models.CharField(_("entered by"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    # Accounts that took part in entering it beside those that its records name.
    hands = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)
    # The last time that it was sent back to who entered it.
    returned_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    returned_by_label = models.CharField(
        _("sent back by"), max_length=60, blank=True, db_default=""
    )
    return_reason = models.CharField(_("reason"), max_length=200, blank=True, db_default="")

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet of hours")
        verbose_name_plural = _("sheets of hours")
        indexes = [
            models.Index(fields=["committee", "-id"], name="sheet_committee_newest"),
            # Which sheets a picture proves.
            models.Index(fields=["evidence_key"], name="sheet_evidence"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_backfill(self) -> bool:
        """Whether it was entered afterwards, which needs evidence."""
        return self.source in ENTERED_AFTERWARDS


@pghistory.track(exclude=TIERS)
class ServiceRecord(TieredByCommittee):
    """One stretch of service by one volunteer, kept by the committee that recorded it.

    ``during`` is the stretch with its clock times; None where only the day and the minutes are
    known. Name and number are those of the volunteer as of then, so that the recording committee
    reads its own rows without seeing a visitor's registry entry. Labels name who entered and who
    confirmed, because the accounts themselves may lie outside the reader's scope.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer",
        on_delete=models.PROTECT,
        # Kept for records of visitors: an inner join would hide them from the recording committee.
        related_name="records",
        db_index=False,
    )
    volunteer_name = models.CharField(_("volunteer"), max_length=50, db_collation="C")
    volunteer_number = models.CharField(_("portal number"), max_length=12)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("organisation"),
    )
    sheet = models.ForeignKey(
        HoursSheet, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    activity_title = models.CharField(_("activity"), max_length=100)
    kind = models.CharField(
        _("kind"), max_length=12, choices=ServiceKind, default=ServiceKind.OTHER
    )
    served_on = models.DateField(_("date"))
    during = DateTimeRangeField(_("time"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=RecordSource)
    state = models.CharField(_("state"), max_length=9, choices=RecordState)
    # Apart from the state, so that confirming leaves the exclusion constraint's index alone.
    voided = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_by_label = models.CharField(_("entered by"), max_length=60)
    recorded_at = models.DateTimeField(_("entered at"))
    confirmed_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    confirmed_by_label = models.CharField(_("confirmed by"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    void_reason = models.CharField(_("reason"), max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    # A key chosen by the sender: what arrives twice is stored once.
    nonce = models.UUIDField(null=True, unique=True, editable=False)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("service record")
        verbose_name_plural = _("service records")
        indexes = [
            models.Index(fields=["tier2", "-id"], name="record_tier2_newest"),
            models.Index(fields=["tier3", "-id"], name="record_tier3_newest"),
            models.Index(fields=["committee", "-id"], name="record_committee_newest"),
            models.Index(fields=["volunteer", "-served_on"], name="record_volunteer_newest"),
            models.Index(fields=["sheet", "id"], name="record_sheet"),
            # Recounting a month's totals reads confirmed records of that month only.
            models.Index(
                fields=["served_on", "committee"],
                name="record_confirmed_day",
                include=["kind", "minutes", "volunteer", "recorded_at"],
                condition=Q(state=RecordState.CONFIRMED),
            ),
            # The queue of a province, a city, a county: from one waiting sheet to the next.
            *(
                models.Index(
                    fields=[tier, "sheet"],
                    name=f"record_waiting_{tier}",
                    condition=Q(state=RecordState.SUBMITTED),
                )
                for tier in TIERS
            ),
            # The home page asks for one's own drafts; lists ask for what is rare.
            models.Index(
                fields=["recorded_by"],
                name="record_own_drafts",
                condition=Q(state=RecordState.DRAFT),
            ),
            models.Index(
                fields=["tier3", "-id"],
                name="record_draft_or_void",
                condition=Q(state__in=[RecordState.DRAFT, RecordState.VOID]),
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="record_no_overlap",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(voided=False),
            ),
            models.CheckConstraint(
                name="record_minutes_fit_a_day",
                condition=Q(minutes__gt=0, minutes__lte=MINUTES_OF_A_DAY),
            ),
            models.CheckConstraint(
                name="record_void_says_so",
                condition=Q(voided=True, state=RecordState.VOID) & ~Q(void_reason="")
                | Q(voided=False) & ~Q(state=RecordState.VOID),
            ),
            models.CheckConstraint(
                name="record_confirmed_by_second_person",
                condition=Q(confirmed_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(confirmed_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="record_confirmed_says_when",
                condition=~Q(state=RecordState.CONFIRMED) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_name} · {self.served_on:%Y-%m-%d} · {self.activity_title}"

    # Django's own hash every label of the field anew at each call: a quarter of a long list's time.
    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """The kind in the reader's language."""
        return label_of(ServiceKind, self.kind)

    def get_source_display(self) -> str:  # type: ignore[no-redef]
        """How the record came to be, in the reader's language."""
        return label_of(RecordSource, self.source)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """The state in the reader's language."""
        return label_of(RecordState, self.state)

    @property
    def clock(self) -> str:
        """``14:00–16:00``; empty where the times are not known."""
        return "–".join(filter(None, clock_of(self.during)))

    @property
    def hours(self) -> str:
        """``2.0``."""
        return hours_text(self.minutes)

    @property
    def is_backfill(self) -> bool:
        """Whether it was entered afterwards; it then says so wherever it is shown or certified."""
        return self.source in ENTERED_AFTERWARDS

    @property
    def second_person(self) -> str:
        """Who confirmed it, as then named; empty while nobody has."""
        return self.confirmed_by_label if self.state == RecordState.CONFIRMED else ""

    @property
    def stands(self) -> bool:
        """Whether it counts or may come to count: what is corrected, voided, asked about."""
        return self.state in {RecordState.SUBMITTED, RecordState.CONFIRMED}


class CorrectionState(models.TextChoices):
    """What became of a request."""

    OPEN = "open", _("waiting")
    ACCEPTED = "accepted", _("corrected")
    DECLINED = "declined", _("left as it is")


class CorrectionRequest(TieredByCommittee):
    """A volunteer says that a record is not right; the recording committee answers."""

    record = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="corrections")
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    message = models.CharField(_("what is not right"), max_length=300)
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        indexes = [
            models.Index(fields=["tier3", "id"], name="correction_open", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(state="open"), name="correction_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} · {self.state}"
