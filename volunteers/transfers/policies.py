"""Who sees a transfer: both committees with those above them, and the volunteer; nobody writes."""

from core.tenancy.policies import IN_SUBTREE, OWN_VOLUNTEER, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

_ORIGIN, _DESTINATION = (
    IN_SUBTREE.replace("committee_id", f"{side}_id") for side in ("origin", "destination")
)
# A minor who moves is nobody's business there until the guardian has agreed.
_AGREED = f"{_DESTINATION} AND guardian IN ('', 'agreed')"

TABLES = [
    TablePolicies(
        table="volunteers_transfer",
        grants=[("SELECT", [*STAFF_ROLES, Role.VOLUNTEER, Role.JOB])],
        policies=[
            Policy("origin", STAFF_ROLES, _ORIGIN, "SELECT"),
            Policy("destination", STAFF_ROLES, _AGREED, "SELECT"),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    ),
]
