"""Who reaches certificates: the issuing committee and those above it; a volunteer the own ones.

Visitors reach none: the page that verifies one asks a function, with the code.
"""

from core.tenancy.policies import (
    OWN_VOLUNTEER,
    Policy,
    TablePolicies,
    history_of,
    large_table_policies,
)
from core.tenancy.roles import STAFF_ROLES, Role

# For oneself only, from the committee that one belongs to.
_FROM_OWN_COMMITTEE = f"""
    {OWN_VOLUNTEER} AND EXISTS (
        SELECT FROM volunteers_volunteer v
        WHERE v.id = volunteer_id AND v.committee_id = volunteers_certificate.committee_id)
"""

TABLES = [
    TablePolicies(
        table="volunteers_certificate",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.VOLUNTEER]),
            ("SELECT", [Role.JOB]),
        ],
        policies=[
            *large_table_policies(),
            Policy("self", [Role.VOLUNTEER], OWN_VOLUNTEER, "SELECT"),
            Policy("issue", [Role.VOLUNTEER], _FROM_OWN_COMMITTEE, "INSERT"),
            Policy("change", [Role.VOLUNTEER], OWN_VOLUNTEER, "UPDATE"),
        ],
    ),
    history_of("volunteers_certificate"),
]
