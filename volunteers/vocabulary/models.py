"""The words of the province for what people can do, want to do, and when they have time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import TieredByCommittee
from volunteers.vocabulary.queries import TermQuerySet, VolunteerTermQuerySet

__all__ = ["KEPT_KINDS", "MOST_SKILLS", "Term", "TermKind", "VolunteerTerm"]


class TermKind(models.TextChoices):
    """What a word is about."""

    SKILL = "skill", _("skill")
    INTEREST = "interest", _("kind of service wanted")
    LANGUAGE = "language", _("language or dialect")
    VEHICLE = "vehicle", _("vehicle")
    LICENCE = "licence", _("licence or certificate")
    TIME = "time", _("time available")


# What anybody would read of one person.
MOST_SKILLS = 20
# The half-days of a week are what they are; the other lists are the province's.
KEPT_KINDS = [kind for kind in TermKind if kind != TermKind.TIME]


class Term(models.Model):
    """A word to choose. ``also`` are words that mean the same, former names among them.

    Of the time available ``code`` says the day (1 for Monday) and its part: ``6-morning``.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=TermKind)
    name = models.CharField(_("name"), max_length=30)
    code = models.CharField(max_length=12, blank=True, editable=False)
    also = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    retired = models.BooleanField(_("not offered any more"), default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of the province")
        verbose_name_plural = _("words of the province")
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="term_name_once")]

    def __str__(self) -> str:
        return self.name


class VolunteerTerm(TieredByCommittee):
    """A word that holds for a person; a licence may run out.

    A table of its own, because arrays are not leakproof: under policies only an equality finds a
    few people among a million by an index.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", db_index=False)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = VolunteerTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of a volunteer")
        verbose_name_plural = _("words of volunteers")
        indexes = [
            # Who has it, within a township, a county or a city; the newest person first.
            models.Index(fields=["term", "committee", "-volunteer"], name="term_committee"),
            models.Index(fields=["term", "tier3", "-volunteer"], name="term_tier3"),
            models.Index(fields=["term", "tier2", "-volunteer"], name="term_tier2"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "term"], name="volunteer_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.term_id}"
