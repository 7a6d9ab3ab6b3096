"""Who reaches sign-ups: the committee that calls and those above it; a volunteer the own ones."""

from core.tenancy.policies import (
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

# For oneself only, and for a shift that one may read, under its own activity and committee; past
# the line goes only whom an organiser adds.
_FOR_ITS_SHIFT = f"""
    {OWN_VOLUNTEER} AND added_reason = '' AND EXISTS (
        SELECT FROM volunteers_shift h
        WHERE h.id = shift_id AND h.activity_id = volunteers_signup.activity_id
          AND h.committee_id = volunteers_signup.committee_id)
"""

TABLES = [
    TablePolicies(
        table="volunteers_signup",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.VOLUNTEER]),
            ("SELECT, UPDATE", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("ask", [Role.VOLUNTEER], _FOR_ITS_SHIFT, "INSERT"),
            Policy("answer", [Role.VOLUNTEER], OWN_VOLUNTEER, "UPDATE"),
        ],
    ),
    history_of("volunteers_signup"),
]
