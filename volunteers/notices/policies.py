"""Who reaches notices: the committee that calls and those above it; of volunteers who was told."""

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

# Asked with the reader's own policies, so a volunteer finds the own deliveries only.
_TOLD = """EXISTS (
    SELECT FROM volunteers_delivery d WHERE d.notice_id = volunteers_notice.id
      AND d.volunteer_id = nullif(current_setting('portal.volunteer', true), '')::bigint)"""
_OF_ITS_CALL = """EXISTS (
    SELECT FROM volunteers_activity a
    WHERE a.id = activity_id AND a.committee_id = volunteers_notice.committee_id)"""
# Nobody is told who is not signed up for that very activity.
_SIGNED_UP = """EXISTS (
    SELECT FROM volunteers_notice n JOIN volunteers_signup s ON s.activity_id = n.activity_id
    WHERE n.id = notice_id AND s.volunteer_id = volunteers_delivery.volunteer_id
      AND n.committee_id = volunteers_delivery.committee_id)"""

TABLES = [
    TablePolicies(
        table="volunteers_notice",
        grants=[("SELECT, INSERT", STAFF_ROLES), ("SELECT", [Role.VOLUNTEER, Role.JOB])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            Policy("send", STAFF_ROLES, f"{IN_SUBTREE} AND {_OF_ITS_CALL}", "INSERT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
            Policy("told", [Role.VOLUNTEER], _TOLD, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_delivery",
        grants=[
            ("SELECT, INSERT", STAFF_ROLES),
            ("SELECT, UPDATE (looked_at)", [Role.VOLUNTEER]),
            ("SELECT", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(write=False),
            Policy("send", STAFF_ROLES, f"{IN_SUBTREE} AND {_SIGNED_UP}", "INSERT"),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("look", [Role.VOLUNTEER], OWN_VOLUNTEER, "UPDATE"),
        ],
    ),
]
