"""Who reaches spot checks: the committee that draws them and those above it; and, once the outcome
is published, the committees concerned: their own records of the sample, and the check's summary."""

from core.tenancy.policies import (
    WHOLE_COMMITTEE,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_OWN = "current_setting('portal.committee', true)"
# One lies at or below the other: in the frame, or between the frame and who drew from it.
_CONCERNED = f"""
    {WHOLE_COMMITTEE} AND published_at IS NOT NULL
    AND (starts_with({_OWN}, scope_id) OR starts_with(scope_id, {_OWN}))
"""
# The check is looked up under the policies too: of one that is not published, nothing is found.
_OWN_RECORD = f"""
    {WHOLE_COMMITTEE} AND starts_with(record_committee_id, {_OWN})
    AND EXISTS (
        SELECT FROM volunteers_spotcheck c WHERE c.id = check_of_id AND c.published_at IS NOT NULL)
"""

TABLES = [
    TablePolicies(
        table="volunteers_spotcheck",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=[
            *subtree_policies(),
            Policy("concerned", STAFF_ROLES, _CONCERNED, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_spotcheckitem",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=[
            *subtree_policies(),
            Policy("concerned", STAFF_ROLES, _OWN_RECORD, "SELECT"),
        ],
    ),
    history_of("volunteers_spotcheckitem"),
]
