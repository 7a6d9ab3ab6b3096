"""What an activity says, and what must hold of it beyond its own row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.ledger.models import Organization
from volunteers.activities.models import Invited, Visibility
from volunteers.projects.models import Project
from volunteers.stations.models import Station
from volunteers.teams.models import TeamMember

__all__ = ["Call", "call_must_hold", "without_closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What an activity says; ages are whole years, None for no bound; skills are keys of words."""

    title: str
    kind: str
    content: str
    place: str
    responsible_person: str
    responsible_phone: str
    risks: str = ""
    insured: bool = False
    youngest: int | None = None
    oldest: int | None = None
    invited: str = Invited.EVERYBODY
    invited_group: str = ""
    visibility: str = Visibility.PUBLIC
    withdrawal_hours: int = 24
    needed_skills: list[int] = field(default_factory=list)
    organization_id: int | None = None
    project_id: int | None = None
    station_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    location_metres: int | None = None


def call_must_hold(call: Call, path: str) -> None:
    """What one table alone cannot say, in words.

    Raises `Refusal` for ages in the wrong order, for an organiser, project or station that is
    closed or of another branch, and for a team or group that is invited and not there.
    """
    _ages_must_be_in_order(call)
    _frame_must_hold(call, path)
    _invitation_must_hold(call)
    _place_must_be_known(call)


def _place_must_be_known(call: Call) -> None:
    at_station = Station.objects.filter(pk=call.station_id or 0, latitude__isnull=False)
    if call.location_metres and call.latitude is None and not at_station.exists():
        message = _("Put the point on the map first: without it nobody can be at the place.")
        raise Refusal(message, code="no_point", field="point")


def _ages_must_be_in_order(call: Call) -> None:
    if call.youngest is not None and call.oldest is not None and call.oldest < call.youngest:
        message = _("The oldest age lies below the youngest.")
        raise Refusal(message, code="ages", field="oldest")


def _frame_must_hold(call: Call, path: str) -> None:
    organizer, project, station = _usable(call, path)
    if call.organization_id and not organizer:
        message = _("This organisation is closed, or not one of your area.")
        raise Refusal(message, code="organization", field="organization_id")
    if call.project_id and not project:
        message = _("This project is closed, or not one of your committee or those above it.")
        raise Refusal(message, code="project", field="project_id")
    if call.station_id and not station:
        message = _("This station is closed, or not one of your area.")
        raise Refusal(message, code="station", field="station_id")


def _invitation_must_hold(call: Call) -> None:
    if call.invited not in {Invited.ORGANIZATION, Invited.GROUP}:
        return
    if call.organization_id is None:
        message = _("Choose the organiser whose team is invited.")
        raise Refusal(message, code="no_organiser", field="organization_id")
    members = TeamMember.objects.of_team(call.organization_id)
    if call.invited == Invited.GROUP:
        members = members.filter(group=call.invited_group or None)
    if not members.exists():
        message = _("Nobody is in that team or group. Take people in first, or mend the name.")
        raise Refusal(message, code="nobody_invited", field="invited_group")


def _usable(call: Call, path: str) -> tuple[bool, bool, bool]:
    """Whether the committee may let it run something, under that project, at that station."""
    today = timezone.localdate()
    organizers = Organization.objects.below(path).active_on(today)
    projects = Project.objects.usable_by(path).running_on(today).filter(pk=call.project_id or 0)
    stations = Station.objects.below(path).standing_on(today).filter(pk=call.station_id or 0)
    return (
        organizers.filter(pk=call.organization_id or 0).exists(),
        call.project_id is not None and projects.exists(),
        call.station_id is not None and stations.exists(),
    )


def without_closed(call: Call, path: str) -> Call:
    """A copy names no organiser, project or station that has been closed since."""
    organizer, project, station = _usable(call, path)
    is_for_team = call.invited in {Invited.ORGANIZATION, Invited.GROUP}
    return replace(
        call,
        # Without its organiser a call to a team would be nobody's; the verb then says so.
        organization_id=call.organization_id if organizer or is_for_team else None,
        project_id=call.project_id if project else None,
        station_id=call.station_id if station else None,
    )
