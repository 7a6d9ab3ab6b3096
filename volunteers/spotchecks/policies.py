"""Who reaches spot checks: the committee that draws them, and those above it."""

from core.tenancy.policies import TablePolicies, history_of, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_spotcheck",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="volunteers_spotcheckitem",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=subtree_policies(),
    ),
    history_of("volunteers_spotcheckitem"),
]
