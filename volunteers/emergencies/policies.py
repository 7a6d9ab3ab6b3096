"""Who reaches emergency contacts: the volunteer the own one.

Organisers have no right to the table: a function of the database gives one of somebody who serves
with them at that time, and leaves a look on record.
"""

from core.tenancy.policies import OWN_VOLUNTEER, Policy, TablePolicies
from core.tenancy.roles import Role

TABLES = [
    TablePolicies(
        table="volunteers_emergencycontact",
        grants=[
            ("SELECT, INSERT, UPDATE, DELETE", [Role.VOLUNTEER]),
            ("SELECT, UPDATE", [Role.JOB]),
        ],
        policies=[
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER),
            Policy("job", [Role.JOB], "true"),
        ],
    )
]
