"""Who reaches stars: the volunteer's committee and those above; the person the own ones."""

from core.tenancy.policies import (
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="incentives_staraward",
        grants=[
            ("SELECT, UPDATE", STAFF_ROLES),
            ("SELECT, INSERT, UPDATE, DELETE", [Role.JOB]),
            ("SELECT", [Role.VOLUNTEER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("own", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
        ],
    ),
    history_of("incentives_staraward"),
    TablePolicies(
        table="incentives_stardue",
        grants=[("SELECT, DELETE", [Role.JOB])],
        policies=[Policy("job", [Role.JOB], "true")],
    ),
]
