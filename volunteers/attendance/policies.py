"""Who reaches attendance: the committee that calls and those above it."""

from core.tenancy.policies import TablePolicies, history_of, large_table_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_attendance",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=large_table_policies(),
    ),
    history_of("volunteers_attendance"),
]
