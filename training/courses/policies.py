"""Who reaches courses: the committee and those above; published ones all below, and volunteers."""

from core.tenancy.policies import (
    ABOVE_COMMITTEE,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.policies import ABOVE_OWN_COMMITTEE

_OUT = "state <> 'draft'"

TABLES = [
    TablePolicies(
        table="training_course",
        grants=[
            ("SELECT, INSERT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.VOLUNTEER, Role.JOB]),
        ],
        policies=[
            *subtree_policies(),
            Policy("above", STAFF_ROLES, f"{_OUT} AND {ABOVE_COMMITTEE}", "SELECT"),
            Policy("near", [Role.VOLUNTEER], f"{_OUT} AND {ABOVE_OWN_COMMITTEE}", "SELECT"),
            Policy("mine", [Role.VOLUNTEER], "training_is_mine(id, NULL)", "SELECT"),
        ],
    ),
    history_of("training_course"),
]
