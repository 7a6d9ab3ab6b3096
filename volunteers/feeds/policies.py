"""Who reaches calendar addresses: the account its own; a job finds whose an address is."""

from core.tenancy.policies import OWN_USER, OWN_VOLUNTEER, Policy, TablePolicies
from core.tenancy.roles import Role

TABLES = [
    TablePolicies(
        table="volunteers_calendarfeed",
        grants=[
            ("SELECT, INSERT, UPDATE, DELETE", [Role.VOLUNTEER]),
            ("SELECT", [Role.JOB]),
        ],
        policies=[
            Policy("self", [Role.VOLUNTEER], f"{OWN_VOLUNTEER} AND {OWN_USER}"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    )
]
