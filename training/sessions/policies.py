"""Who reaches sessions and enrolments: the committee that holds them and those above; of sessions
the volunteers below it, of enrolments each the own ones."""

from core.tenancy.policies import (
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.policies import ABOVE_OWN_COMMITTEE

# For a session that one may read; a result is nobody's own to write.
_FOR_ITS_SESSION = f"""
    {OWN_VOLUNTEER} AND state IN ('asked', 'waiting', 'placed') AND EXISTS (
        SELECT FROM training_session s
        WHERE s.id = session_id AND s.course_id = training_enrolment.course_id
          AND s.committee_id = training_enrolment.committee_id)
"""

TABLES = [
    TablePolicies(
        table="training_session",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("near", [Role.VOLUNTEER], ABOVE_OWN_COMMITTEE, "SELECT"),
            Policy("mine", [Role.VOLUNTEER], "training_is_mine(NULL, id)", "SELECT"),
        ],
    ),
    history_of("training_session"),
    TablePolicies(
        table="training_enrolment",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT, INSERT, UPDATE (state)", [Role.VOLUNTEER]),
            ("SELECT", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("enrol", [Role.VOLUNTEER], _FOR_ITS_SESSION, "INSERT"),
            # A trigger lets nothing but a withdrawal through.
            Policy("withdraw", [Role.VOLUNTEER], OWN_VOLUNTEER, "UPDATE"),
        ],
    ),
    history_of("training_enrolment"),
]
