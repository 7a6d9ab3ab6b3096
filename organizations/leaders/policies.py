"""Who reaches leaderships: the login role before a scope, and whoever leads.

No role writes one: a trigger does, as memberships of teams come and go.
"""

from core.tenancy.policies import OWN_ORGANIZATION, OWN_VOLUNTEER, Policy, TablePolicies
from core.tenancy.roles import LOGIN_ROLE, Role

TABLES = [
    TablePolicies(
        table="organizations_leadership",
        grants=[("SELECT", [LOGIN_ROLE, Role.VOLUNTEER, Role.LEADER, Role.JOB])],
        policies=[
            Policy("login", [LOGIN_ROLE], "true", "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
            Policy("own", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("led", [Role.LEADER], OWN_ORGANIZATION, "SELECT"),
        ],
    ),
]
