"""The registry: volunteers and their sealed identifiers."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.identity.documents import DocumentKind
from core.identity.identity_numbers import Gender
from organizations.committees.ownership import TIERS, CommitteeOwned, TieredByCommittee
from volunteers.registry.queries import VolunteerQuerySet

__all__ = [
    "DocumentKind",
    "Gender",
    "IdentityReveal",
    "RegistrationSource",
    "Volunteer",
    "VolunteerIdentity",
    "VolunteerState",
]


class VolunteerState(models.TextChoices):
    """Whether a volunteer serves."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    WITHDRAWN = "withdrawn", _("withdrawn")


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


@pghistory.track(pghistory.UpdateEvent(), exclude=TIERS)
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
    gender = models.CharField(_("gender"), max_length=6, choices=Gender)
    birth_date = models.DateField(_("birth date"))
    political_status = models.CharField(_("political status"), max_length=20, blank=True)
    skills = ArrayField(models.CharField(max_length=30), verbose_name=_("skills"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=VolunteerState, default=VolunteerState.ACTIVE
    )
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
            models.Index(fields=["name"], name="volunteer_name"),
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
                condition=Q(birth_date__lt=models.F("registered_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VolunteerIdentity(TieredByCommittee):
    """Sealed identifiers of one volunteer, found again by keyed blind indexes."""

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, primary_key=True, related_name="identity"
    )
    document_kind = models.CharField(_("document"), max_length=16, choices=DocumentKind)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(max_length=32, unique=True)
    phone_sealed = models.BinaryField()
    phone_index = models.BinaryField(max_length=32)
    guardian_phone_sealed = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        indexes = [models.Index(fields=["phone_index"], name="identity_phone")]

    def __str__(self) -> str:
        return str(self.volunteer_id)


class IdentityReveal(CommitteeOwned):
    """Somebody looked at a full identifier: who, which, why. The person sees this row."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="reveals")
    field = models.CharField(
        _("what"),
        max_length=14,
        choices=[
            ("number", _("identity number")),
            ("phone", _("telephone")),
            ("guardian_phone", _("guardian's telephone")),
        ],
    )
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
