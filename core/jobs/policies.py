"""Who reaches jobs: everybody the own ones, workers all."""

from core.tenancy.policies import OWN_USER, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

_PERSONS = (*STAFF_ROLES, Role.LEADER, Role.VOLUNTEER, Role.MERCHANT)

TABLES = [
    TablePolicies(
        table="core_job",
        grants=[
            ("SELECT, INSERT, UPDATE", _PERSONS),
            ("SELECT, INSERT, UPDATE, DELETE", [Role.JOB]),
        ],
        policies=[Policy("own", _PERSONS, OWN_USER), Policy("job", [Role.JOB], "true")],
    ),
]
