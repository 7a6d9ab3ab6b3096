"""A registered person."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace, Reverse, Right, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.identity.ages import age_on, day_of_age, is_minor
from core.identity.identity_numbers import Gender
from core.web.labels import label_of
from organizations.committees.ownership import TIERS, TieredByCommittee
from volunteers.registry.queries import (
    VolunteerQuerySet,
)

__all__ = [
    "ActingLabel",
    "ActingUser",
    "NextVolunteerNumber",
    "RegistrationSource",
    "Volunteer",
    "VolunteerState",
]


class VolunteerState(models.TextChoices):
    """Whether a volunteer serves."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another entry")
    ERASED = "erased", _("sealed away")


class RegistrationSource(models.TextChoices):
    """How a volunteer came to be registered, and with it how consent was given."""

    SELF = "self", _("registered by the person")
    FORM = "form", _("entered by an officer with the person's consent")
    IMPORT = "import", _("imported from a roster with the organisation's declaration of consent")
    SYNTHETIC = "synthetic", _("synthetic, for demonstration")


class NextVolunteerNumber(models.Func):
    """Ten digits, the last one a check digit (ISO/IEC 7064, MOD 11,10), drawn by the database.

    However a volunteer comes to be registered, the number comes from the one sequence.
    """

    function = "volunteers_next_number"
    output_field = models.CharField()


class ActingUser(models.Func):
    """The account whose scope is open, whatever writes the row; null for work nobody asked for."""

    template = "nullif(current_setting('portal.user', true), '')::bigint"
    output_field = models.BigIntegerField()


class ActingLabel(models.Func):
    """The name and committee of who acts, as the scope's statement set it for the history."""

    template = (
        "coalesce(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb"
        " ->> 'label', '')"
    )
    output_field = models.CharField()


# The row as it was before each change: with the present row that is the whole history, and the
# import of a roster writes none.
@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    exclude=[
        *TIERS,
        "spelling",
        "given",
        "phone_tail",
        "identity_tail",
        "nonce",
        "merged_into",
        "registered_by",
        "registered_by_label",
    ],
)
class Volunteer(TieredByCommittee):
    """A registered person; belongs to one committee at a time.

    ``number`` is the public portal number. Identifiers lie sealed in `VolunteerIdentity`; the
    masks here are all that lists show.
    """

    number = models.CharField(
        _("portal number"),
        max_length=12,
        unique=True,
        editable=False,
        db_default=NextVolunteerNumber(),
    )
    name = models.CharField(_("name"), max_length=50, db_collation="C")
    pinyin = models.CharField(max_length=150, editable=False, db_collation="C")
    initials = models.CharField(max_length=25, editable=False, db_collation="C")
    # The pinyin as people type it, without spaces; a function in the query would not be leakproof.
    spelling = models.GeneratedField(
        expression=Replace("pinyin", Value(" ")),
        output_field=models.CharField(max_length=150, db_collation="C"),
        db_persist=True,
    )
    # The name without its first character, mostly the given name.
    given = models.GeneratedField(
        expression=Substr("name", 2),
        output_field=models.CharField(max_length=50, db_collation="C"),
        db_persist=True,
    )
    # The last four characters of the masks, last one first: of a tail the end is typed.
    phone_tail = models.GeneratedField(
        expression=Reverse(Right("phone_mask", 4)),
        output_field=models.CharField(max_length=4, db_collation="C"),
        db_persist=True,
    )
    identity_tail = models.GeneratedField(
        expression=Reverse(Right("identity_mask", 4)),
        output_field=models.CharField(max_length=4, db_collation="C"),
        db_persist=True,
    )
    gender = models.CharField(_("gender"), max_length=6, choices=Gender)
    birth_date = models.DateField(_("birth date"))
    political_status = models.CharField(_("political status"), max_length=20, blank=True)
    skills = ArrayField(
        models.CharField(max_length=30), verbose_name=_("skills"), default=list, blank=True
    )
    state = models.CharField(
        _("state"), max_length=9, choices=VolunteerState, default=VolunteerState.ACTIVE
    )
    # Counts while paused only; shown and offered, nothing happens by itself.
    back_on = models.DateField(_("expected back on"), null=True, blank=True)
    registered_on = models.DateField(_("registered on"))
    source = models.CharField(_("source"), max_length=9, choices=RegistrationSource)
    consent_on = models.DateField(_("consent given on"))
    consent_evidence = models.CharField(_("how consent was given"), max_length=200, blank=True)
    guardian_name = models.CharField(_("guardian"), max_length=50, blank=True)
    guardian_consent_on = models.DateField(_("guardian's consent given on"), null=True, blank=True)
    identity_mask = models.CharField(max_length=30, editable=False)
    phone_mask = models.CharField(max_length=20, editable=False)
    guardian_phone_mask = models.CharField(max_length=20, editable=False, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # By the database, so that no way of registering forgets it.
    registered_by = models.ForeignKey(
        "organizations.User",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        db_default=ActingUser(),
    )
    # The account itself may lie outside the reader's scope.
    registered_by_label = models.CharField(
        _("registered by"), max_length=60, editable=False, db_default=ActingLabel()
    )
    # The entry that stays; whatever names this one leads there.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    # A key chosen by the form: what is sent twice is registered once.
    nonce = models.UUIDField(null=True, editable=False)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        indexes = [
            # Newest first below a committee: each tier's policy is an equality with its column.
            models.Index(fields=["tier2", "-id"], name="volunteer_tier2_newest"),
            models.Index(fields=["tier3", "-id"], name="volunteer_tier3_newest"),
            models.Index(fields=["committee", "-id"], name="volunteer_committee_newest"),
            # Prefix search by starts_with(), the leakproof kind, inside a county.
            models.Index(fields=["tier3", "name"], name="volunteer_tier3_name"),
            models.Index(fields=["tier3", "initials"], name="volunteer_tier3_initials"),
            models.Index(fields=["tier3", "spelling"], name="volunteer_tier3_spelling"),
            # The same for a city or the province.
            models.Index(fields=["name"], name="volunteer_name"),
            models.Index(fields=["initials"], name="volunteer_initials"),
            models.Index(fields=["spelling"], name="volunteer_spelling"),
            # One for all tiers: a tail or a given name is rare enough to walk the index alone.
            models.Index(fields=["given", "tier2", "tier3"], name="volunteer_given"),
            models.Index(fields=["phone_tail", "tier2", "tier3"], name="volunteer_phone_tail"),
            models.Index(
                fields=["identity_tail", "tier2", "tier3"], name="volunteer_identity_tail"
            ),
            # The few minors, and the few who don't serve: nobody reads a county to find them.
            models.Index(fields=["birth_date"], name="volunteer_birth_date"),
            models.Index(
                fields=["-id"],
                name="volunteer_not_serving",
                condition=~Q(state=VolunteerState.ACTIVE),
            ),
            # Pauses that are over by what was expected.
            models.Index(
                fields=["back_on"],
                name="volunteer_back_on",
                condition=Q(state=VolunteerState.PAUSED, back_on__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="volunteer_merged_into",
                condition=Q(merged_into__isnull=False),
            ),
            # Recounting reads the active ones of one month of registration.
            models.Index(
                fields=["registered_on", "committee"],
                name="volunteer_registered",
                condition=Q(state=VolunteerState.ACTIVE),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="volunteer_born_before_registration",
                condition=Q(birth_date__lt=F("registered_on")),
            ),
            models.UniqueConstraint(
                name="volunteer_nonce_once", fields=["nonce"], condition=Q(nonce__isnull=False)
            ),
            models.CheckConstraint(
                name="volunteer_merged_says_into",
                condition=Q(state=VolunteerState.MERGED, merged_into__isnull=False)
                | ~Q(state=VolunteerState.MERGED) & Q(merged_into__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # Django's own hash every label of the field anew at each call: a long list's page feels it.
    def get_gender_display(self) -> str:  # type: ignore[no-redef]
        """The gender in the reader's language."""
        return label_of(Gender, self.gender)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """The state in the reader's language."""
        return label_of(VolunteerState, self.state)

    @property
    def age(self) -> int:
        """Full years today."""
        return age_on(self.birth_date, timezone.localdate())

    @property
    def is_minor(self) -> bool:
        """Whether the person is under 18 today."""
        return is_minor(self.birth_date, timezone.localdate())

    @property
    def needs_own_consent(self) -> bool:
        """Of age by now, and the consent on record is from before: the person is to be asked."""
        of_age = day_of_age(self.birth_date)
        return of_age <= timezone.localdate() and self.consent_on < of_age

    @property
    def expected_on(self) -> date | None:
        """The day on which a pause is expected to end; None for who is not paused."""
        return self.back_on if self.state == VolunteerState.PAUSED else None

    @property
    def is_expected(self) -> bool:
        """Whether the return from a pause was expected by today."""
        day = self.expected_on
        return day is not None and day <= timezone.localdate()

    @property
    def is_unclaimed(self) -> bool:
        """Brought in by an import, and the person has not said a word to it yet."""
        return self.source == RegistrationSource.IMPORT and not hasattr(self, "claim")
