"""What addresses of calls and of what belongs to them are filled with."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.database import as_owner
from tests.isolation.walk.things import Things, Walked
from volunteers.activities.models import Activity, Shift
from volunteers.checkins.summary.codes import shift_code
from volunteers.projects.models import Project
from volunteers.signups.models import SignUp
from volunteers.stations.models import Station
from volunteers.teams.models import TeamMember

__all__ = [
    "a_call",
    "a_call_with_signup",
    "a_door",
    "a_door_code",
    "a_member_to_lead",
    "a_project",
    "a_shift",
    "a_shift_to_come",
    "a_shift_to_lead",
    "a_shift_with_signup",
    "a_signup",
    "a_station",
    "an_added",
]


def a_call(walked: Walked, things: Things) -> dict[str, Any]:
    return {"activity_id": walked.world.key(Activity, things.place)}


def a_project(walked: Walked, things: Things) -> dict[str, Any]:
    return {"project_id": walked.world.key(Project, things.place)}


def a_station(walked: Walked, things: Things) -> dict[str, Any]:
    return {"station_id": walked.world.key(Station, things.place)}


def a_shift(walked: Walked, things: Things) -> dict[str, Any]:
    return {**a_call(walked, things), "shift_id": walked.world.key(Shift, things.place)}


def an_added(walked: Walked, things: Things) -> dict[str, Any]:
    return {"entries": walked.world.people[things.place].volunteer.number, "reason": "来电"}


def a_signup(walked: Walked, things: Things) -> dict[str, Any]:
    return {"signup_id": walked.world.key(SignUp, things.place)}


def a_call_with_signup(walked: Walked, things: Things) -> dict[str, Any]:
    return {"activity_id": _signup_of(walked, things).activity_id}


def a_shift_with_signup(walked: Walked, things: Things) -> dict[str, Any]:
    signup = _signup_of(walked, things)
    return {"activity_id": signup.activity_id, "shift_id": signup.shift_id}


def a_door(walked: Walked, things: Things) -> dict[str, Any]:
    return {"shift_id": _signup_of(walked, things).shift_id}


def a_door_code(walked: Walked, things: Things) -> dict[str, Any]:
    return {"code": shift_code(_signup_of(walked, things).shift_id, at=timezone.now())}


def a_shift_to_come(walked: Walked, things: Things) -> dict[str, Any]:
    signup = _signup_of(walked, things)
    with as_owner():
        other = Shift.objects.filter(activity=signup.activity_id).exclude(pk=signup.shift_id)
        return {"activity_id": signup.activity_id, "shift_id": other.get().pk}


def a_shift_to_lead(walked: Walked, things: Things) -> dict[str, Any]:
    return {"shift_id": a_shift_to_come(walked, things)["shift_id"]}


def a_member_to_lead(walked: Walked, things: Things) -> dict[str, Any]:
    return {"members": walked.world.key(TeamMember, things.place)}


def _signup_of(walked: Walked, things: Things) -> SignUp:
    with as_owner():
        return SignUp.objects.get(pk=walked.world.key(SignUp, things.place))
