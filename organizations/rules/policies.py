"""Who reaches the rules: staff read those of the committees above, and add their own."""

from core.tenancy.policies import IN_SUBTREE, WHOLE_COMMITTEE, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

# What is set above holds here too, so it is read along the way up as well as down.
_ABOVE = f"""
    {WHOLE_COMMITTEE}
    AND committee_id = left(current_setting('portal.committee', true), length(committee_id))
"""
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
            Policy("above", STAFF_ROLES, _ABOVE, "SELECT"),
            Policy("add", STAFF_ROLES, IN_SUBTREE, "INSERT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
            Policy("values", [Role.VOLUNTEER], _SOMEBODY, "SELECT"),
        ],
    ),
]
