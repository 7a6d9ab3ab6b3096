"""Who reaches claims: staff their subtree, the person the own; only jobs write them."""

from core.tenancy.policies import OWN_VOLUNTEER, Policy, TablePolicies, large_table_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_claim",
        grants=[
            ("SELECT", [*STAFF_ROLES, Role.VOLUNTEER]),
            ("SELECT, INSERT, UPDATE", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
        ],
    ),
]
