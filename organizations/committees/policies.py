"""Who reaches committees: names are public record, changes the job's and the own committee's."""

from core.tenancy.policies import (
    FROM_TRIGGER,
    IN_SUBTREE,
    WHOLE_COMMITTEE,
    Policy,
    TablePolicies,
)
from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role

_IN_SUBTREE = IN_SUBTREE.replace("committee_id", "path")
# Ancestors are visible so that a committee's full path can be shown.
_ANCESTOR = f"({WHOLE_COMMITTEE} AND starts_with(current_setting('portal.committee', true), path))"

TABLES = [
    TablePolicies(
        table="organizations_committee",
        grants=[
            ("SELECT", [*Role, LOGIN_ROLE]),
            ("INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
        ],
        policies=[
            Policy("staff", STAFF_ROLES, _IN_SUBTREE),
            Policy("ancestors", STAFF_ROLES, _ANCESTOR, "SELECT"),
            Policy(
                "names",
                [Role.LEADER, Role.VOLUNTEER, Role.MERCHANT, Role.PUBLIC, LOGIN_ROLE],
                "true",
                "SELECT",
            ),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    TablePolicies(
        table="organizations_committeehistory",
        grants=[("INSERT", [*STAFF_ROLES, Role.JOB]), ("SELECT", [*STAFF_ROLES, Role.JOB])],
        policies=[
            Policy("append", [*STAFF_ROLES, Role.JOB], "true", "INSERT", check=FROM_TRIGGER),
            Policy("read", STAFF_ROLES, _IN_SUBTREE, "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    ),
]
