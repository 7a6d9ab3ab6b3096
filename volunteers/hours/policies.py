"""Who reaches hours: the recording committee and those above it; a volunteer the own ones."""

from core.tenancy.policies import (
    OWN_ORGANIZATION,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

# A request goes to the committee that keeps the record, and only about one's own record.
_OF_ITS_RECORD = f"""
    {OWN_VOLUNTEER} AND EXISTS (
        SELECT FROM volunteers_servicerecord r
        WHERE r.id = record_id
          AND r.volunteer_id = volunteers_correctionrequest.volunteer_id
          AND r.committee_id = volunteers_correctionrequest.committee_id)
"""

TABLES = [
    TablePolicies(
        table="volunteers_hourssheet",
        grants=[("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB])],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="volunteers_servicerecord",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT", [Role.VOLUNTEER, Role.LEADER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("leader", [Role.LEADER], OWN_ORGANIZATION, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_correctionrequest",
        grants=[
            ("SELECT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT, INSERT", [Role.VOLUNTEER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("ask", [Role.VOLUNTEER], _OF_ITS_RECORD, "INSERT"),
        ],
    ),
    history_of("volunteers_servicerecord"),
]
