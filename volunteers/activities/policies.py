"""Who reaches activities: the committee that calls, and those above it."""

from core.tenancy.policies import TablePolicies, history_of, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_activity",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="volunteers_shift",
        grants=[("SELECT, INSERT, DELETE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=subtree_policies(),
    ),
    history_of("volunteers_activity"),
    history_of("volunteers_shift"),
]
