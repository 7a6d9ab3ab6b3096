"""Who reaches organisations: staff their subtree, leaders their own; names are public.

Whom to ask at an organisation, and what the office notes of it, only those two read.
"""

from core.tenancy.policies import Policy, TablePolicies, history_of, led_in, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

_PUBLIC_COLUMNS = "id, committee_id, name, kind, founded_on, closed_on"

TABLES = [
    TablePolicies(
        table="organizations_organization",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT", [Role.LEADER]),
            (f"SELECT ({_PUBLIC_COLUMNS})", [Role.VOLUNTEER, Role.MERCHANT, Role.PUBLIC]),
        ],
        policies=[
            *subtree_policies(),
            Policy("leader", [Role.LEADER], led_in("id"), "SELECT"),
            Policy("names", [Role.VOLUNTEER, Role.MERCHANT, Role.PUBLIC], "true", "SELECT"),
        ],
    ),
    history_of("organizations_organization"),
]
