"""Who reaches scans: the committee that calls and those above it; a volunteer the own ones."""

from core.tenancy.policies import Policy, TablePolicies, large_table_policies, subtree_policies
from core.tenancy.roles import STAFF_ROLES, Role

# The sign-up's own policies leave a volunteer the own ones only.
_OF_OWN_SIGNUP = """
    EXISTS (SELECT FROM volunteers_signup s
            WHERE s.id = signup_id AND s.state = 'placed'
              AND s.volunteer_id = nullif(current_setting('portal.volunteer', true), '')::bigint
              AND (volunteers_checkin.at_place = '' OR s.tells_place)
              AND s.shift_id = volunteers_checkin.shift_id
              AND s.committee_id = volunteers_checkin.committee_id)
"""

TABLES = [
    TablePolicies(
        table="volunteers_checkin",
        # Nobody changes or takes away a scan.
        grants=[("SELECT, INSERT", [*STAFF_ROLES, Role.VOLUNTEER]), ("SELECT", [Role.JOB])],
        policies=[
            *large_table_policies(),
            Policy(
                "self",
                [Role.VOLUNTEER],
                """EXISTS (SELECT FROM volunteers_signup s WHERE s.id = signup_id
                   AND s.volunteer_id
                       = nullif(current_setting('portal.volunteer', true), '')::bigint)""",
                "SELECT",
            ),
            Policy(
                "come",
                [Role.VOLUNTEER],
                f"way = 'own_scan' AND by_id IS NULL AND {_OF_OWN_SIGNUP}",
                "INSERT",
            ),
        ],
    ),
]

DEVICES = [
    TablePolicies(
        table="volunteers_doordevice",
        grants=[("SELECT, INSERT, UPDATE", STAFF_ROLES)],
        policies=subtree_policies(),
    ),
]
