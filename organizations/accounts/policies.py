"""Who reaches accounts and memberships.

The login role reads them before any scope is open, and writes what logging in changes. Staff see
memberships of their subtree.
"""

from core.tenancy.policies import (
    IN_SUBTREE,
    Policy,
    TablePolicies,
    history_of,
    subtree_policies,
)
from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role

_MEMBER_HERE = IN_SUBTREE.replace("committee_id", "m.committee_id")
_OF_SUBTREE = f"""
    EXISTS (SELECT FROM organizations_membership m
            WHERE m.user_id = organizations_user.id AND {_MEMBER_HERE})
"""
# Whoever also serves a committee elsewhere is not this committee's to switch off. The function
# looks past the policies, which hide those other memberships.
_ONLY_OF_SUBTREE = """
    organizations_serves_only_below(id, current_setting('portal.committee', true))
"""
_SELF = "id = nullif(current_setting('portal.user', true), '')::bigint"
_OTHERS_WITH_ACCOUNTS = [Role.LEADER, Role.VOLUNTEER, Role.MERCHANT]

TABLES = [
    TablePolicies(
        table="organizations_user",
        grants=[
            ("SELECT, INSERT, UPDATE", [LOGIN_ROLE, Role.JOB]),
            ("SELECT, UPDATE (is_active, session_epoch)", STAFF_ROLES),
            ("SELECT", _OTHERS_WITH_ACCOUNTS),
        ],
        policies=[
            Policy("login", [LOGIN_ROLE, Role.JOB], "true"),
            Policy("members", STAFF_ROLES, _OF_SUBTREE, "SELECT"),
            Policy("deactivate", STAFF_ROLES, f"{_OF_SUBTREE} AND {_ONLY_OF_SUBTREE}", "UPDATE"),
            Policy("self", [*STAFF_ROLES, *_OTHERS_WITH_ACCOUNTS], _SELF, "SELECT"),
        ],
    ),
    TablePolicies(
        table="organizations_membership",
        grants=[
            ("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB, LOGIN_ROLE]),
        ],
        policies=[*subtree_policies(), Policy("login", [LOGIN_ROLE], "true")],
    ),
    TablePolicies(
        table="organizations_invitation",
        grants=[("SELECT, INSERT, UPDATE", [*STAFF_ROLES, Role.JOB, LOGIN_ROLE])],
        policies=[*subtree_policies(), Policy("login", [LOGIN_ROLE], "true")],
    ),
    TablePolicies(
        table="organizations_apitoken",
        grants=[("SELECT, INSERT, UPDATE", [LOGIN_ROLE])],
    ),
    history_of("organizations_membership"),
]

# Tables of the libraries that log people in: no rows of a committee, no business of an actor role.
IDENTITY_TABLES = [
    TablePolicies(table=table, grants=[("SELECT, INSERT, UPDATE, DELETE", [LOGIN_ROLE])])
    for table in (
        "account_emailaddress",
        "account_emailconfirmation",
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accessfailurelog",
        "axes_accesslog",
        "django_celery_beat_clockedschedule",
        "django_celery_beat_crontabschedule",
        "django_celery_beat_intervalschedule",
        "django_celery_beat_periodictask",
        "django_celery_beat_periodictasks",
        "django_celery_beat_solarschedule",
        "django_session",
        "mfa_authenticator",
    )
] + [
    TablePolicies(table=table, grants=[("SELECT", [LOGIN_ROLE, *Role])])
    for table in (
        "auth_group",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "guardian_groupobjectpermission",
        "guardian_userobjectpermission",
        "organizations_user_groups",
        "organizations_user_user_permissions",
    )
]
