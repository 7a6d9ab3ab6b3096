"""Who reaches disclosures: staff their subtree; what was opened and looked at is only added."""

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_USER,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_OWN_REQUEST = OWN_USER.replace("user_id", "asked_by_id")

TABLES = [
    TablePolicies(
        table="volunteers_disclosure",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=[
            Policy("read", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            # Whether it is over: the files of its data go then.
            Policy("job", [Role.JOB], "true", "SELECT"),
            # In one's own name only; answering is another's, which the constraint keeps.
            Policy("append", STAFF_ROLES, f"{IN_SUBTREE} AND {_OWN_REQUEST}", "INSERT"),
            Policy("answer", STAFF_ROLES, IN_SUBTREE, "UPDATE"),
        ],
    ),
    TablePolicies(
        table="volunteers_disclosedperson",
        grants=[("SELECT, INSERT", STAFF_ROLES)],
        policies=subtree_policies()[:1],
    ),
    TablePolicies(
        table="volunteers_disclosurelook",
        grants=[("SELECT, INSERT", STAFF_ROLES)],
        policies=[
            Policy("read", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("append", STAFF_ROLES, f"{IN_SUBTREE} AND {OWN_USER}", "INSERT"),
        ],
    ),
    history_of("volunteers_disclosure"),
]
