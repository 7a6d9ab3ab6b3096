"""Who reaches drafts: the drafting committee and those above it, nobody else."""

from core.tenancy.policies import TablePolicies, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

# Nothing is deleted: a draft is set aside, a row is marked as removed.
_STAFF = ("SELECT, INSERT, UPDATE", STAFF_ROLES)

TABLES = [
    TablePolicies(
        table="volunteers_draft",
        # The job asks what still belongs to a draft before it sweeps pictures.
        grants=[_STAFF, ("SELECT", [Role.JOB])],
        policies=subtree_policies(),
    ),
    TablePolicies(
        table="volunteers_draftrow",
        # The job seals again what was typed when keys are rotated.
        grants=[_STAFF, ("SELECT, UPDATE", [Role.JOB])],
        policies=subtree_policies(),
    ),
]
