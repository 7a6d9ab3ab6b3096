"""Who reaches consents, requests and copies: the person the own, staff their subtree.

What is kept under seal is read by nobody; jobs append it, and delete it when its time is over.
"""

from core.tenancy.policies import (
    IN_SUBTREE,
    OWN_USER,
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

_READERS = (*STAFF_ROLES, Role.VOLUNTEER, Role.JOB)

TABLES = [
    TablePolicies(
        table="volunteers_consenttext",
        grants=[("SELECT", _READERS), ("INSERT", STAFF_ROLES)],
        # What is published is no secret; that only a province publishes is the verb's to say.
        policies=[
            Policy("read", _READERS, "true", "SELECT"),
            Policy("publish", STAFF_ROLES, IN_SUBTREE, "INSERT"),
        ],
    ),
    TablePolicies(
        table="volunteers_consent",
        grants=[
            ("SELECT", [*STAFF_ROLES, Role.VOLUNTEER]),
            ("SELECT, INSERT, UPDATE", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
        ],
    ),
    TablePolicies(
        table="volunteers_privacyrequest",
        grants=[
            ("SELECT, UPDATE", STAFF_ROLES),
            ("SELECT, INSERT", [Role.VOLUNTEER]),
            ("SELECT, INSERT, UPDATE", [Role.JOB]),
        ],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    TablePolicies(
        table="volunteers_retainedidentity",
        # Read whole and updated when sealing keys are rotated; nothing else opens them.
        grants=[("SELECT, INSERT, UPDATE, DELETE", [Role.JOB])],
        policies=[Policy("job", [Role.JOB], "true")],
    ),
    TablePolicies(
        table="volunteers_dataexport",
        grants=[
            ("SELECT, INSERT", [Role.VOLUNTEER]),
            ("SELECT, DELETE", [Role.JOB]),
        ],
        policies=[
            Policy("self", [Role.VOLUNTEER], f"{OWN_VOLUNTEER} AND {OWN_USER}"),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    history_of("volunteers_consent"),
    history_of("volunteers_privacyrequest"),
]
