"""Who reaches redemptions: the committee of the offer and those above, the person, the merchant.

No role writes one: a function redeems and another reverses. A merchant has no right to the column
that says whose it was.
"""

from core.tenancy.policies import (
    OWN_MERCHANT,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    large_table_policies,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_MERCHANTS_COLUMNS = """
    id, committee_id, offer_id, merchant_id, offer_title, stars, is_late, redeemed_on, redeemed_at,
    by_label, reversed_at, reversed_by_label, reverse_reason
"""

TABLES = [
    TablePolicies(
        table="incentives_till",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES)],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="incentives_redemption",
        grants=[
            ("SELECT", [*STAFF_ROLES, Role.VOLUNTEER, Role.JOB]),
            (f"SELECT ({' '.join(_MERCHANTS_COLUMNS.split())})", [Role.MERCHANT]),
        ],
        policies=[
            *large_table_policies(write=False),
            Policy("own", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("here", [Role.MERCHANT], OWN_MERCHANT, "SELECT"),
        ],
    ),
]
