"""Stars: what a volunteer's confirmed hours have earned, rung by rung, and who decided it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incentives.stars.queries import StarAwardQuerySet
from organizations.committees.ownership import TIERS, TieredByCommittee

__all__ = ["StarAward", "StarDue", "StarState"]


class StarState(models.TextChoices):
    """A rung is proposed by the machine and decided by a person, both ways."""

    REACHED = "reached", pgettext_lazy("star", "reached, awaits approval")
    GRANTED = "granted", pgettext_lazy("star", "granted")
    DOUBTED = "doubted", pgettext_lazy("star", "no longer covered by hours")
    WITHDRAWN = "withdrawn", pgettext_lazy("star", "withdrawn")


@pghistory.track(exclude=TIERS)
class StarAward(TieredByCommittee):
    """One rung of the ladder for one volunteer; ``committee`` is the volunteer's.

    ``minutes`` are those counted when the state last changed, ``needed`` those of the rung then. A
    rung that is reached and no longer covered goes by itself, nobody had it; one that was granted
    becomes doubted and stays the person's until somebody decides.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    state = models.CharField(max_length=9, choices=StarState)
    minutes = models.PositiveIntegerField(_("minutes counted"))
    needed = models.PositiveIntegerField(_("minutes needed"))
    # The depth of the committee that approves: 1 for a province.
    approval_tier = models.PositiveSmallIntegerField()
    proposed_at = models.DateTimeField(_("since"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by_label = models.CharField(_("decided by"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = StarAwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("star award")
        verbose_name_plural = _("star awards")
        indexes = [
            models.Index(fields=["volunteer", "-stars"], name="star_volunteer"),
            models.Index(
                fields=["tier3", "id"],
                name="star_waiting",
                condition=Q(state__in=["reached", "doubted"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "stars"],
                condition=~Q(state="withdrawn"),
                name="star_once",
            ),
            models.CheckConstraint(
                name="star_of_the_ladder", condition=Q(stars__gte=1, stars__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.stars} · {self.state}"


class StarDue(models.Model):
    """A volunteer whose confirmed hours have changed since the stars were last counted.

    A trigger on service records adds rows, the recount deletes them. The same volunteer may stand
    here twice: a row for each would make those who confirm wait for each other.
    """

    volunteer_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("stars to recount")
        verbose_name_plural = _("stars to recount")

    def __str__(self) -> str:
        return str(self.volunteer_id)
