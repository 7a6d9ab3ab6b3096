"""Who reaches the rules: staff read those of the committees above, and add their own."""

from core.tenancy.policies import ABOVE_COMMITTEE, IN_SUBTREE, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

# How many hours a year are expected is no secret; who set it, and why, is the staff's.
_SOMEBODY = "nullif(current_setting('portal.volunteer', true), '') IS NOT NULL"
_PUBLIC_COLUMNS = "id, committee_id, key, value, effective_from"

TABLES = [
    TablePolicies(
        table="organizations_rulevalue",
        grants=[
            ("SELECT, INSERT", STAFF_ROLES),
            ("SELECT", [Role.JOB]),
            (f"SELECT ({_PUBLIC_COLUMNS})", [Role.VOLUNTEER]),
        ],
        policies=[
            Policy("below", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("above", STAFF_ROLES, ABOVE_COMMITTEE, "SELECT"),
            Policy("add", STAFF_ROLES, IN_SUBTREE, "INSERT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
            Policy("values", [Role.VOLUNTEER], _SOMEBODY, "SELECT"),
        ],
    ),
]
