"""Who reaches words: everybody reads the list, the province writes it; people's words as people."""

from core.tenancy.policies import OWN_VOLUNTEER, Policy, TablePolicies, large_table_policies
from core.tenancy.roles import STAFF_ROLES, Role

# A person's words lie with the person's committee.
_OWN_COMMITTEE = "committee_id = (SELECT v.committee_id FROM volunteers_volunteer v)"

TABLES = [
    TablePolicies(
        table="volunteers_term",
        grants=[
            ("SELECT", [*STAFF_ROLES, Role.VOLUNTEER, Role.PUBLIC, Role.JOB]),
            ("INSERT, UPDATE", [Role.TIER1]),
        ],
    ),
    TablePolicies(
        table="volunteers_volunteerterm",
        grants=[
            ("SELECT, INSERT, UPDATE, DELETE", STAFF_ROLES),
            ("SELECT, INSERT, DELETE", [Role.VOLUNTEER]),
            ("SELECT, INSERT", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("add", [Role.VOLUNTEER], f"{OWN_VOLUNTEER} AND {_OWN_COMMITTEE}", "INSERT"),
            Policy("drop", [Role.VOLUNTEER], OWN_VOLUNTEER, "DELETE"),
        ],
    ),
]
