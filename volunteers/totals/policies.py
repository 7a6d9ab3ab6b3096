"""Who reaches totals: staff read their subtree, the recounting job writes."""

from core.tenancy.policies import FROM_TRIGGER, IN_SUBTREE, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_hourstotal",
        grants=[("SELECT", STAFF_ROLES), ("SELECT, INSERT, UPDATE, DELETE", [Role.JOB])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    TablePolicies(
        table="volunteers_registrytotal",
        grants=[("SELECT", STAFF_ROLES), ("SELECT, INSERT, UPDATE, DELETE", [Role.JOB])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    TablePolicies(
        table="volunteers_dirtycell",
        grants=[("INSERT", [*STAFF_ROLES]), ("SELECT, INSERT, DELETE", [Role.JOB])],
        policies=[
            Policy("mark", STAFF_ROLES, "true", "INSERT", check=FROM_TRIGGER),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    TablePolicies(
        table="volunteers_recountclock",
        grants=[("SELECT", [*STAFF_ROLES, Role.JOB]), ("INSERT, UPDATE", [Role.JOB])],
    ),
]
