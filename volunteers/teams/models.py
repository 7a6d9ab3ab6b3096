"""Teams: who belongs to an organisation, with which role and in which group."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import TIERS, TieredByCommittee
from volunteers.teams.queries import TeamMemberQuerySet

__all__ = ["TeamMember", "TeamRole"]


class TeamRole(models.TextChoices):
    """What somebody is in a team."""

    LEADER = "leader", pgettext_lazy("team", "leader")
    DEPUTY = "deputy", pgettext_lazy("team", "deputy")
    SECRETARY = "secretary", pgettext_lazy("team", "secretary")
    MEMBER = "member", pgettext_lazy("team", "member")


@pghistory.track(exclude=TIERS)
class TeamMember(TieredByCommittee):
    """A volunteer belongs to a team from ``joined_at`` until ``ended_at``.

    ``committee`` is that of the organisation. Name and number are those of the moment, as in a
    sign-up. A group is there as long as somebody standing is in it; ``group`` is its name, empty
    for who is in none. Who comes back gets a new row.
    """

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    volunteer_name = models.CharField(_("volunteer"), max_length=50)
    volunteer_number = models.CharField(_("portal number"), max_length=12)
    role = models.CharField(
        _("role in the team"), max_length=9, choices=TeamRole, default=TeamRole.MEMBER
    )
    group = models.CharField(
        pgettext_lazy("team", "group"), db_column="team_group", max_length=30, blank=True
    )
    joined_at = models.DateTimeField(_("joined at"))
    added_by_label = models.CharField(_("taken in by"), max_length=60)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by_label = models.CharField(_("ended by"), max_length=60, blank=True)
    end_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        indexes = [
            models.Index(fields=["organization", "group", "id"], name="teammember_group"),
            models.Index(fields=["volunteer", "-id"], name="teammember_volunteer"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="teammember_stands_once",
                fields=["organization", "volunteer"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} · {self.volunteer_number}"
