"""Who reaches evidence: the committee's staff and those above; nobody else, and a sweeping job."""

from core.tenancy.policies import TablePolicies, history_of, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

TABLES = [
    TablePolicies(
        table="volunteers_evidencefile",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES), ("SELECT, UPDATE", [Role.JOB])],
        policies=subtree_policies(),
    ),
    history_of("volunteers_evidencefile"),
]
