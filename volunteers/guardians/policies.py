"""Who reaches guardians' links: staff their subtree, the person the own, jobs all."""

from core.tenancy.policies import OWN_VOLUNTEER, Policy, TablePolicies, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_guardianlink",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT, INSERT, UPDATE", [Role.VOLUNTEER]),
        ],
        policies=[*subtree_policies(), Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER)],
    ),
]
