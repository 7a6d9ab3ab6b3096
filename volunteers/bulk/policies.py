"""Who reaches changes of many: staff their subtree; a change is begun in one's own name only."""

from core.tenancy.policies import IN_SUBTREE, OWN_USER, Policy, TablePolicies, subtree_policies
from core.tenancy.roles import STAFF_ROLES

TABLES = [
    TablePolicies(
        table="volunteers_bulkchange",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES)],
        policies=[
            Policy("read", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("append", STAFF_ROLES, f"{IN_SUBTREE} AND {OWN_USER}", "INSERT"),
            # Another officer of the committee may take it back.
            Policy("settle", STAFF_ROLES, IN_SUBTREE, "UPDATE"),
        ],
    ),
    TablePolicies(
        table="volunteers_bulkrow",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES)],
        policies=subtree_policies()[:1],
    ),
]
