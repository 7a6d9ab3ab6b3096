"""Who reaches requirements: the committee that calls and those above; whoever may sign up."""

from core.tenancy.policies import Policy, TablePolicies, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

# The policies of activities decide which; which course is asked for is part of the call.
_OF_SEEN_ACTIVITY = "EXISTS (SELECT FROM volunteers_activity a WHERE a.id = activity_id)"

TABLES = [
    TablePolicies(
        table="training_requirement",
        grants=[
            ("SELECT, INSERT, DELETE", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("seen", [Role.VOLUNTEER], _OF_SEEN_ACTIVITY, "SELECT"),
        ],
    ),
]
