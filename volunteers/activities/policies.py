"""Who reaches activities: the committee that calls, those above it, and who is invited."""

from core.tenancy.policies import (
    OWN_ORGANIZATION,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.activities.queries import CALL_COLUMNS

_COLUMNS = ", ".join(CALL_COLUMNS)
_CALLED = "state IN ('published', 'settled', 'cancelled') AND reviewed_at IS NOT NULL"
_PUBLIC = f"{_CALLED} AND visibility = 'public'"
# Volunteers of the committee or of one below it.
_OF_COMMITTEE = """EXISTS (
    SELECT FROM volunteers_volunteer v
    WHERE v.id = nullif(current_setting('portal.volunteer', true), '')::bigint
      AND v.committee_id >= volunteers_activity.committee_id
      AND v.committee_id < volunteers_activity.committee_id || '{')"""
# Told even to who has moved away since.
_SIGNED_UP = f"""EXISTS (
    SELECT FROM volunteers_signup
    WHERE activity_id = volunteers_activity.id AND {OWN_VOLUNTEER})"""
# Asked with the reader's own policies, as all of these.
_OF_TEAM = f"""EXISTS (
    SELECT FROM volunteers_teammember
    WHERE {OWN_VOLUNTEER} AND ended_at IS NULL
      AND organization_id = volunteers_activity.organization_id
      AND (volunteers_activity.invited = 'organization'
           OR team_group = volunteers_activity.invited_group))"""
_INVITED = f"""
    {_CALLED} AND (
        visibility = 'public' OR {_SIGNED_UP} OR CASE invited
            WHEN 'everybody' THEN true WHEN 'committee' THEN {_OF_COMMITTEE} ELSE {_OF_TEAM} END)
"""
# What one's organisation calls for, and what anybody may sign up for.
_LED = f"""
    {_CALLED} AND (visibility = 'public' OR invited = 'everybody' OR {OWN_ORGANIZATION})
"""
# Asked with the reader's own policies: a shift is seen where its activity is.
_OF_A_CALL = "EXISTS (SELECT FROM volunteers_activity a WHERE a.id = activity_id)"
_READERS = [Role.VOLUNTEER, Role.PUBLIC]
_TOLD = "id, committee_id, activity_id, shift_id, said, reason, changed_at"

TABLES = [
    TablePolicies(
        table="volunteers_activity",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.JOB]),
            (f"SELECT ({_COLUMNS})", [*_READERS, Role.LEADER]),
        ],
        policies=[
            *subtree_policies(),
            Policy("led", [Role.LEADER], _LED, "SELECT"),
            Policy("public", [Role.PUBLIC], _PUBLIC, "SELECT"),
            Policy("invited", [Role.VOLUNTEER], _INVITED, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_shift",
        grants=[
            ("SELECT, INSERT, UPDATE, DELETE", STAFF_ROLES),
            ("SELECT, UPDATE", [Role.JOB]),
            ("SELECT", [*_READERS, Role.LEADER]),
        ],
        policies=[
            *subtree_policies(),
            Policy("call", [*_READERS, Role.LEADER], _OF_A_CALL, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_activitychange",
        # Rows are only added; who did it is for the committee to know.
        grants=[
            ("SELECT, INSERT", STAFF_ROLES),
            ("SELECT", [Role.JOB]),
            (f"SELECT ({_TOLD})", _READERS),
        ],
        policies=[
            *subtree_policies(),
            Policy("call", _READERS, _OF_A_CALL, "SELECT"),
        ],
    ),
    history_of("volunteers_activity"),
    history_of("volunteers_shift"),
]
