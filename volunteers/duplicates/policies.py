"""Who reaches clashes: each committee its own half, the person the notice about the own number."""

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_UNANSWERED = f"{IN_SUBTREE} AND state = 'waiting' AND outcome = '' AND answered_at IS NULL"

TABLES = [
    TablePolicies(
        table="volunteers_clashrequest",
        grants=[("SELECT, INSERT", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("ask", STAFF_ROLES, _UNANSWERED, "INSERT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_clashnotice",
        grants=[("SELECT", [*STAFF_ROLES, Role.VOLUNTEER, Role.JOB])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    ),
]

MERGE_TABLES = [
    TablePolicies(
        table="volunteers_merge",
        grants=[("SELECT", [*STAFF_ROLES, Role.JOB])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    ),
]

PAIR_TABLES = [
    TablePolicies(
        table="volunteers_duplicatepair",
        grants=[("SELECT, UPDATE", STAFF_ROLES), ("SELECT, INSERT", [Role.JOB])],
        policies=subtree_policies(),
    ),
]
