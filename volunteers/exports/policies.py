"""Who reaches exports: everybody writes the own ones; those above read the log of them."""

from core.tenancy.policies import IN_SUBTREE, OWN_USER, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_export",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT, UPDATE", [Role.JOB])],
        policies=[
            Policy("read", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("append", STAFF_ROLES, f"{IN_SUBTREE} AND {OWN_USER}", "INSERT"),
            Policy("own", STAFF_ROLES, f"{IN_SUBTREE} AND {OWN_USER}", "UPDATE"),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
]

PEOPLE_TABLES = [
    TablePolicies(
        table="volunteers_exportedpeople",
        # Appended and never read by a role: a list of whom others took along is nobody's.
        grants=[("INSERT", STAFF_ROLES)],
        policies=[Policy("append", STAFF_ROLES, IN_SUBTREE, "INSERT")],
    ),
]
