"""Who reaches feedback: a volunteer all of the own; staff what they said themselves."""

from dataclasses import replace

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_PLACED = """EXISTS (
    SELECT FROM volunteers_signup s JOIN volunteers_shift h ON h.id = s.shift_id
    WHERE s.id = signup_id AND s.state = 'placed' AND h.ends_at <= now()
      AND s.volunteer_id = volunteers_feedback.volunteer_id
      AND s.activity_id = volunteers_feedback.activity_id
      AND s.committee_id = volunteers_feedback.committee_id)"""
_CHANGEABLE = "given_at > now() - interval '14 days'"
_OF_STAFF = "side = 'organiser'"
_OF_VOLUNTEER = f"side = 'volunteer' AND {OWN_VOLUNTEER}"
_CHANGED = "UPDATE (grade, line, by_label, changed_at)"

TABLES = [
    TablePolicies(
        table="volunteers_feedback",
        grants=[
            (f"SELECT, INSERT, {_CHANGED}", [*STAFF_ROLES, Role.VOLUNTEER]),
            ("SELECT", [Role.JOB]),
        ],
        policies=[
            *(
                replace(each, using=f"{each.using} AND {_OF_STAFF}", command="SELECT")
                for each in large_table_policies()[:-1]
            ),
            Policy("job", [Role.JOB], "true", "SELECT"),
            Policy("say", STAFF_ROLES, f"{IN_SUBTREE} AND {_OF_STAFF} AND {_PLACED}", "INSERT"),
            Policy(
                "mend", STAFF_ROLES, f"{IN_SUBTREE} AND {_OF_STAFF} AND {_CHANGEABLE}", "UPDATE"
            ),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("own", [Role.VOLUNTEER], f"{_OF_VOLUNTEER} AND {_PLACED}", "INSERT"),
            Policy("change", [Role.VOLUNTEER], f"{_OF_VOLUNTEER} AND {_CHANGEABLE}", "UPDATE"),
        ],
    ),
]
