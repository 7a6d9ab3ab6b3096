"""Who reaches merchants: the committee and those above; the volunteers of it, who may go there;
the merchant's own people. Contact and licence are no business of volunteers."""

from core.tenancy.policies import (
    OWN_MERCHANT,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.policies import ABOVE_OWN_COMMITTEE

# Whoever has moved since goes on reading where it was.
_USED = f"""
    EXISTS (SELECT FROM incentives_redemption r
            WHERE r.merchant_id = incentives_merchant.id AND r.{OWN_VOLUNTEER})
"""
_SHOWN = "id, committee_id, name, category, agreed_from, agreed_until, suspended_at"

TABLES = [
    TablePolicies(
        table="incentives_merchant",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            (f"SELECT ({_SHOWN})", [Role.VOLUNTEER, Role.MERCHANT]),
            ("SELECT", [Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("near", [Role.VOLUNTEER], ABOVE_OWN_COMMITTEE, "SELECT"),
            Policy("used", [Role.VOLUNTEER], _USED, "SELECT"),
            Policy("own", [Role.MERCHANT], OWN_MERCHANT.replace("merchant_id", "id"), "SELECT"),
        ],
    ),
    history_of("incentives_merchant"),
    TablePolicies(
        table="incentives_branch",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.MERCHANT, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("near", [Role.VOLUNTEER], ABOVE_OWN_COMMITTEE, "SELECT"),
            Policy("own", [Role.MERCHANT], OWN_MERCHANT, "SELECT"),
        ],
    ),
]
