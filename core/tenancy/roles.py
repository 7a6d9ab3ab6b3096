"""The database roles: one for each kind of actor, and the one that logs in.

They belong to the cluster, not to a database, so set-up creates them once (`create_roles`);
migrations of parallel test databases would race.
"""

from __future__ import annotations

from enum import StrEnum

import psycopg
from psycopg import sql

__all__ = ["ALL_ROLES", "LOGIN_ROLE", "STAFF_ROLES", "Role", "create_roles", "staff_role"]

LOGIN_ROLE = "portal_login"
BACKUP_ROLE = "portal_backup"


class Role(StrEnum):
    """A kind of actor, as the database knows it."""

    TIER1 = "portal_tier1"
    TIER2 = "portal_tier2"
    TIER3 = "portal_tier3"
    TIER4 = "portal_tier4"
    LEADER = "portal_leader"
    VOLUNTEER = "portal_volunteer"
    MERCHANT = "portal_merchant"
    PUBLIC = "portal_public"
    JOB = "portal_job"

    @property
    def is_staff(self) -> bool:
        """Whether a committee's member acts."""
        return self in STAFF_ROLES


STAFF_ROLES = (Role.TIER1, Role.TIER2, Role.TIER3, Role.TIER4)
ALL_ROLES = tuple(Role)


def staff_role(tier: int) -> Role:
    """The role of a member of a committee at depth ``tier`` (1 to 4)."""
    return STAFF_ROLES[tier - 1]


def create_roles(
    connection: psycopg.Connection[tuple[object, ...]], *, login_password: str
) -> list[str]:
    """Creates the roles that are missing and returns their names.

    The login role inherits nothing: without ``SET ROLE`` it reads identity tables only. The plain
    form of GRANT also works before PostgreSQL 16. An empty ``login_password`` leaves the password
    as it is (local sockets with peer or trust authentication).
    """
    made = []
    with connection.transaction(), connection.cursor() as cursor:
        # Parallel set-ups would both see a role missing.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal.create_roles'))")
        cursor.execute("SELECT rolname FROM pg_roles")
        present = {str(name) for (name,) in cursor.fetchall()}
        for role in ALL_ROLES:
            if role not in present:
                cursor.execute(
                    sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT NOBYPASSRLS").format(
                        sql.Identifier(role)
                    )
                )
                made.append(str(role))
        if LOGIN_ROLE not in present:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(LOGIN_ROLE)))
            made.append(LOGIN_ROLE)
        login = sql.Identifier(LOGIN_ROLE)
        cursor.execute(
            sql.SQL("ALTER ROLE {} NOINHERIT NOBYPASSRLS NOSUPERUSER NOCREATEROLE").format(login)
        )
        if login_password:
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(login, login_password))
        for role in ALL_ROLES:
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), login))
        if BACKUP_ROLE not in present:
            cursor.execute(
                sql.SQL("CREATE ROLE {} NOLOGIN BYPASSRLS").format(sql.Identifier(BACKUP_ROLE))
            )
            cursor.execute(
                sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP_ROLE))
            )
            made.append(BACKUP_ROLE)
    return made
