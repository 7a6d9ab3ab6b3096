"""Who reaches members of teams: the team's committee and those above, and who leads it.

A volunteer reaches the own rows.
"""

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_ORGANIZATION,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

# Asked with the reader's own policies: a team of that very committee, and a person within reach.
_OF_ITS_TEAM = """EXISTS (
        SELECT FROM organizations_organization o
        WHERE o.id = organization_id AND o.committee_id = volunteers_teammember.committee_id)
    AND EXISTS (SELECT FROM volunteers_volunteer v WHERE v.id = volunteer_id)"""
_CHANGED = "role, team_group, ended_at, ended_by_label, end_reason"
# Who has left does not come back by oneself.
_STANDS = f"{OWN_VOLUNTEER} AND ended_at IS NULL"

TABLES = [
    TablePolicies(
        table="volunteers_teammember",
        grants=[
            (f"SELECT, INSERT, UPDATE ({_CHANGED})", STAFF_ROLES),
            ("SELECT, UPDATE (ended_at, ended_by_label, end_reason)", [Role.VOLUNTEER]),
            ("SELECT", [Role.JOB, Role.LEADER]),
        ],
        policies=[
            *large_table_policies(write=False),
            Policy("led", [Role.LEADER], OWN_ORGANIZATION, "SELECT"),
            Policy("take_in", STAFF_ROLES, f"{IN_SUBTREE} AND {_OF_ITS_TEAM}", "INSERT"),
            Policy("change", STAFF_ROLES, IN_SUBTREE, "UPDATE"),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("leave", [Role.VOLUNTEER], _STANDS, "UPDATE", check=OWN_VOLUNTEER),
        ],
    ),
    history_of("volunteers_teammember"),
]
