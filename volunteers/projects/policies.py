"""Who reaches projects: they are public, and written by the committee or one above it."""

from core.tenancy.policies import Policy, TablePolicies, history_of, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_project",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.PUBLIC, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("names", [*STAFF_ROLES, Role.VOLUNTEER, Role.PUBLIC], "true", "SELECT"),
        ],
    ),
    history_of("volunteers_project"),
]
