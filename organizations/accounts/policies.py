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

_MEMBER_IN_SUBTREE = IN_SUBTREE.replace("committee_id", "m.committee_id")
_OF_SUBTREE = f"""
    EXISTS (SELECT FROM organizations_membership m
            WHERE m.user_id = organizations_user.id AND {_MEMBER_IN_SUBTREE})
"""
_SELF = "id = nullif(current_setting('portal.user', true), '')::bigint"

TABLES = [
    TablePolicies(
        table="organizations_user",
        grants=[
            ("SELECT, INSERT, UPDATE", [LOGIN_ROLE, Role.JOB]),
            ("SELECT, UPDATE", STAFF_ROLES),
            ("SELECT", [Role.LEADER, Role.VOLUNTEER, Role.MERCHANT]),
        ],
        policies=[
            Policy("login", [LOGIN_ROLE, Role.JOB], "true"),
            Policy("members", STAFF_ROLES, _OF_SUBTREE, "SELECT"),
            Policy("deactivate", STAFF_ROLES, _OF_SUBTREE, "UPDATE"),
            Policy(
                "self", [*STAFF_ROLES, Role.LEADER, Role.VOLUNTEER, Role.MERCHANT], _SELF, "SELECT"
            ),
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
        grants=[("SELECT, INSERT, UPDATE", [*STAFF_ROLES, LOGIN_ROLE])],
        policies=[
            Policy("staff", STAFF_ROLES, IN_SUBTREE),
            Policy("login", [LOGIN_ROLE], "true"),
        ],
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
