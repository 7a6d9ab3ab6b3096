"""Who reaches signals: committees read those of their scope, the look itself is a job's."""

from core.tenancy.policies import (
    FROM_TRIGGER,
    WHOLE_COMMITTEE,
    Policy,
    TablePolicies,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_OF_OWN_SHEETS = f"""
    {WHOLE_COMMITTEE}
    AND committee_path >= current_setting('portal.committee', true)
    AND committee_path < current_setting('portal.committee', true) || '{{'
"""

TABLES = [
    TablePolicies(
        table="volunteers_recordsignal",
        grants=[("SELECT", STAFF_ROLES), ("SELECT, INSERT, UPDATE, DELETE", [Role.JOB])],
        policies=large_table_policies(),
    ),
    TablePolicies(
        table="volunteers_unseensheet",
        grants=[
            ("SELECT, INSERT", STAFF_ROLES),
            ("SELECT, INSERT, DELETE", [Role.JOB]),
        ],
        policies=[
            Policy("mark", STAFF_ROLES, "true", "INSERT", check=FROM_TRIGGER),
            Policy("see", STAFF_ROLES, _OF_OWN_SHEETS, "SELECT"),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
]
