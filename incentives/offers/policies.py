"""Who reaches offers: the committee and those above; published ones the volunteers of it; the
merchant's people their own."""

from core.tenancy.policies import (
    OWN_MERCHANT,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.policies import ABOVE_OWN_COMMITTEE

# The policies of offers decide which; the row itself says nothing more than a number.
_OF_SEEN_OFFER = "EXISTS (SELECT FROM incentives_offer o WHERE o.id = offer_id)"

TABLES = [
    TablePolicies(
        table="incentives_offer",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.MERCHANT, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy(
                "published",
                [Role.VOLUNTEER],
                f"state = 'published' AND {ABOVE_OWN_COMMITTEE}",
                "SELECT",
            ),
            Policy("own", [Role.MERCHANT], f"state <> 'draft' AND {OWN_MERCHANT}", "SELECT"),
        ],
    ),
    history_of("incentives_offer"),
    TablePolicies(
        table="incentives_offerstock",
        grants=[
            ("SELECT, INSERT", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.MERCHANT, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("seen", [Role.VOLUNTEER, Role.MERCHANT], _OF_SEEN_OFFER, "SELECT"),
        ],
    ),
]
