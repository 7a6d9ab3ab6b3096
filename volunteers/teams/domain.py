"""The verbs of teams: take people in, change what somebody is there, end it, leave."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from volunteers.registry.domain.entering import person_entered
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.teams.models import TeamMember, TeamRole

__all__ = [
    "LONGEST_GROUP",
    "MOST_TAKEN_IN",
    "change_member",
    "end_membership",
    "leave_team",
    "take_in",
]

MOST_TAKEN_IN, LONGEST_GROUP = 200, 30


@transaction.atomic
def take_in(
    organization: Organization,
    entries: Sequence[str],
    *,
    actor: Actor,
    role: TeamRole = TeamRole.MEMBER,
    group: str = "",
) -> list[TeamMember]:
    """Makes each named in ``entries`` a member; all of them or none.

    An entry is a portal number, or a name that one person of the actor's scope has. Who is in the
    team already keeps the role, and goes into ``group`` if one is named. Answers those who are new.
    Raises `Refusal` naming the entry that is nobody's, is several people's or does not serve.
    """
    actor.must("activities.write")
    if not entries or len(entries) > MOST_TAKEN_IN:
        message = _("Enter from 1 to {most} people, one a line.").format(most=MOST_TAKEN_IN)
        raise Refusal(message, code="entries", field="entries")
    group = text_given(group, field="group", most=LONGEST_GROUP)
    people = list(dict.fromkeys(person_entered(entry, field="entries") for entry in entries))
    locked = _hold_team(organization)
    there = TeamMember.objects.of_team(locked.pk).filter(volunteer__in=people)
    standing = set(there.values_list("volunteer_id", flat=True))
    if group:
        there.update(group=group)
    return [
        _taken_in(locked, person, actor, role, group)
        for person in people
        if person.pk not in standing
    ]


@transaction.atomic
def change_member(member: TeamMember, *, actor: Actor, role: TeamRole, group: str) -> None:
    """Gives a member another role or group. Raises `Refusal` for who has left."""
    actor.must("activities.write")
    locked = _locked(member)
    locked.role = role
    locked.group = text_given(group, field="group", most=LONGEST_GROUP)
    locked.save(update_fields=["role", "group"])


@transaction.atomic
def end_membership(member: TeamMember, *, actor: Actor, reason: str) -> None:
    """Takes somebody out of the team. Raises `Refusal` without a reason and for who has left."""
    actor.must("activities.write")
    missing = _("Say why: the volunteer reads it, and it stays with the team.")
    reason = text_given(reason, field="reason", most=200, missing=missing)
    _end(_locked(member), actor, reason)


@transaction.atomic
def leave_team(member: TeamMember, *, actor: Actor) -> None:
    """The volunteer leaves by oneself. Raises `Refusal` for who has left already."""
    actor.must("own.edit")
    _end(_locked(member), actor, "")


def _hold_team(organization: Organization) -> Organization:
    """Two who take people in at the same moment wait for each other."""
    locked = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if locked.closed_on is not None and locked.closed_on <= timezone.localdate():
        raise Refusal(_("This organisation is closed, so nobody joins it."), code="closed")
    return locked


def _taken_in(
    organization: Organization, person: Volunteer, actor: Actor, role: TeamRole, group: str
) -> TeamMember:
    if person.state not in {VolunteerState.ACTIVE, VolunteerState.PAUSED}:
        message = _("{name} does not serve any more.").format(name=person.name)
        raise Refusal(message, code="gone", field="entries")
    return TeamMember.objects.create(
        committee_id=organization.committee_id,
        organization=organization,
        volunteer=person,
        volunteer_name=person.name,
        volunteer_number=person.number,
        role=role,
        group=group,
        joined_at=timezone.now(),
        added_by_label=actor.label,
    )


def _locked(member: TeamMember) -> TeamMember:
    found = TeamMember.objects.select_for_update().standing().filter(pk=member.pk).first()
    if found is None:
        raise Refusal(_("That membership has ended already."), code="ended")
    return found


def _end(member: TeamMember, actor: Actor, reason: str) -> None:
    member.ended_at = timezone.now()
    member.ended_by_label, member.end_reason = actor.label, reason
    member.save(update_fields=["ended_at", "ended_by_label", "end_reason"])
