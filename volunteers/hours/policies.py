"""Who reaches hours: the recording committee and those above it; a volunteer the own ones."""

from core.tenancy.policies import (
    OWN_ORGANIZATION,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_hourssheet",
        grants=[("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB])],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="volunteers_servicerecord",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT", [Role.VOLUNTEER, Role.LEADER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("leader", [Role.LEADER], OWN_ORGANIZATION, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_correctionrequest",
        grants=[
            ("SELECT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT, INSERT", [Role.VOLUNTEER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("ask", [Role.VOLUNTEER], OWN_VOLUNTEER, "INSERT"),
        ],
    ),
    history_of("volunteers_servicerecord"),
]
