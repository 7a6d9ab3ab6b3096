"""Who reaches imports: the committee's staff and those above; a job discards what is old."""

from core.tenancy.policies import TablePolicies, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_importrun",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT, UPDATE", [Role.JOB])],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="volunteers_importfault",
        grants=[("SELECT, INSERT", STAFF_ROLES), ("SELECT, DELETE", [Role.JOB])],
        policies=subtree_policies(),
    ),
]
