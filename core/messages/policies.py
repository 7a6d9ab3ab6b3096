"""Who reaches messages and codes: verbs append messages, work for nobody in particular reads."""

from core.tenancy.policies import Policy, TablePolicies
from core.tenancy.roles import STAFF_ROLES, Role

_SENDERS = (*STAFF_ROLES, Role.VOLUNTEER)

TABLES = [
    TablePolicies(
        table="core_outgoingmessage",
        grants=[
            ("INSERT", _SENDERS),
            ("SELECT, INSERT, UPDATE, DELETE", [Role.JOB]),
        ],
        policies=[
            Policy("append", _SENDERS, "true", "INSERT"),
            Policy("job", [Role.JOB], "true"),
        ],
    ),
    TablePolicies(
        table="core_onetimecode",
        grants=[("SELECT, INSERT, UPDATE, DELETE", [Role.JOB])],
        policies=[Policy("job", [Role.JOB], "true")],
    ),
]
