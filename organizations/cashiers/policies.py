"""Who reaches cashiers: the login role before a scope, the committee, and each the own row."""

from core.tenancy.policies import (
    OWN_MERCHANT,
    OWN_USER,
    Policy,
    TablePolicies,
    subtree_policies,
)
from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="organizations_cashier",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [LOGIN_ROLE, Role.MERCHANT]),
            # Whoever takes up an invitation has no account yet.
            ("SELECT, UPDATE (user_id, joined_at)", [Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("login", [LOGIN_ROLE], "true", "SELECT"),
            Policy("own", [Role.MERCHANT], f"{OWN_MERCHANT} AND {OWN_USER}", "SELECT"),
        ],
    ),
]
