"""Who reaches volunteers: staff their subtree, a volunteer the own row, nobody else."""

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_USER,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_OWN = OWN_VOLUNTEER.replace("volunteer_id", "id")

# The committee of the row is the volunteer's own or one above it.
ABOVE_OWN_COMMITTEE = """
    committee_id = ANY (SELECT left(v.committee_id, n) FROM volunteers_volunteer v,
        generate_series(4, 16, 4) n
        WHERE v.id = nullif(current_setting('portal.volunteer', true), '')::bigint)
"""

TABLES = [
    TablePolicies(
        table="volunteers_volunteer",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT", [Role.VOLUNTEER]),
        ],
        policies=[*large_table_policies(), Policy("self", [Role.VOLUNTEER], _OWN, "SELECT")],
    ),
    TablePolicies(
        table="volunteers_volunteeridentity",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB]),
            ("SELECT", [Role.VOLUNTEER]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_identityreveal",
        # Rows are appended and read; nobody changes or removes one.
        grants=[("SELECT, INSERT", STAFF_ROLES), ("SELECT", [Role.VOLUNTEER])],
        policies=[
            Policy("read", STAFF_ROLES, IN_SUBTREE, "SELECT"),
            # In one's own name only.
            Policy("append", STAFF_ROLES, f"{IN_SUBTREE} AND {OWN_USER}", "INSERT"),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_revealapproval",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT", [Role.JOB])],
        policies=subtree_policies(),
    ),
    history_of("volunteers_volunteer"),
    history_of("volunteers_revealapproval"),
]
