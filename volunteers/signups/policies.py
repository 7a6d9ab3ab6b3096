"""Who reaches sign-ups: the committee that calls and those above it; a volunteer the own ones."""

from core.tenancy.policies import (
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
    led_in,
)
from core.tenancy.roles import STAFF_ROLES, Role

_WITH_OWN_TEAM = """(team_id IS NULL OR EXISTS (
    SELECT FROM volunteers_teammember m
    WHERE m.organization_id = team_id AND m.ended_at IS NULL
      AND m.volunteer_id = volunteers_signup.volunteer_id))"""
_OF_ITS_SHIFT = """EXISTS (
    SELECT FROM volunteers_shift h
    WHERE h.id = shift_id AND h.activity_id = volunteers_signup.activity_id
      AND h.committee_id = volunteers_signup.committee_id)"""
# For oneself only, and for a shift that one may read, under its own activity and committee; past
# the line goes only whom an organiser adds.
_FOR_ITS_SHIFT = f"{OWN_VOLUNTEER} AND added_reason = '' AND {_WITH_OWN_TEAM} AND {_OF_ITS_SHIFT}"
# Who comes to what one's organisation calls for, and whom one signed up for it elsewhere.
_LED = f"""(
    {led_in("team_id")} OR EXISTS (
        SELECT FROM volunteers_activity a
        WHERE a.id = activity_id AND {led_in("a.organization_id")}))
"""

TABLES = [
    TablePolicies(
        table="volunteers_signup",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.VOLUNTEER]),
            ("SELECT, UPDATE", [Role.JOB]),
            ("SELECT", [Role.LEADER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("led", [Role.LEADER], _LED, "SELECT"),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("ask", [Role.VOLUNTEER], _FOR_ITS_SHIFT, "INSERT"),
            Policy("answer", [Role.VOLUNTEER], OWN_VOLUNTEER, "UPDATE"),
        ],
    ),
    history_of("volunteers_signup"),
]
