"""Who reaches family ties: the login role before a scope, the account and the child their own."""

from core.tenancy.policies import OWN_USER, OWN_VOLUNTEER, Policy, TablePolicies
from core.tenancy.roles import LOGIN_ROLE, Role

TABLES = [
    TablePolicies(
        table="organizations_familytie",
        grants=[
            ("SELECT", [LOGIN_ROLE, Role.VOLUNTEER]),
            ("SELECT, INSERT, UPDATE", [Role.JOB]),
        ],
        policies=[
            Policy("login", [LOGIN_ROLE], "true", "SELECT"),
            Policy("job", [Role.JOB], "true"),
            Policy("own", [Role.VOLUNTEER], f"{OWN_USER} OR {OWN_VOLUNTEER}", "SELECT"),
        ],
    ),
]
