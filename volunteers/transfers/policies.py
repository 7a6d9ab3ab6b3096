"""Who sees a transfer: both committees with those above them, and the volunteer; nobody writes."""

from core.tenancy.policies import IN_SUBTREE, OWN_VOLUNTEER, Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

_SIDES = ("origin", "destination")

TABLES = [
    TablePolicies(
        table="volunteers_transfer",
        grants=[("SELECT", [*STAFF_ROLES, Role.VOLUNTEER, Role.JOB])],
        policies=[
            *(
                Policy(
                    side, STAFF_ROLES, IN_SUBTREE.replace("committee_id", f"{side}_id"), "SELECT"
                )
                for side in _SIDES
            ),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    ),
]
