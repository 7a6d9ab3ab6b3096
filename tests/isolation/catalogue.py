"""What the database's own catalogue says of tables, privileges, functions and roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from core.tenancy.operations import InstallPolicies
from core.tenancy.policies import TablePolicies
from core.tenancy.roles import LOGIN_ROLE, Role

__all__ = [
    "declaration_names",
    "declarations",
    "definer_functions",
    "functions_open_to_everybody",
    "granted_privileges",
    "installed_policies",
    "memberships_of_roles",
    "powerful_roles",
    "rows_of",
    "sequence_privileges",
    "tables",
    "tables_with_row_security",
    "unsafe_views",
]

_ROLES = [LOGIN_ROLE, *map(str, Role)]

# Extensions bring functions of their own, which are not ours to judge.
_NOT_OF_AN_EXTENSION = """
    NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                AND d.objid = p.oid AND d.deptype = 'e')
"""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
"""
# Privileges on tables and on columns; grantee 0 is PUBLIC.
_PRIVILEGES = """
    SELECT c.relname, coalesce(r.rolname, 'PUBLIC'), acl.privilege_type
    FROM pg_class c, aclexplode(c.relacl) acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = ANY(%(kinds)s)
      AND (acl.grantee = 0 OR r.rolname = ANY(%(roles)s))
    UNION
    SELECT c.relname, coalesce(r.rolname, 'PUBLIC'),
           acl.privilege_type || ' (' || a.attname || ')'
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid,
         aclexplode(a.attacl) acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = ANY(%(kinds)s)
      AND (acl.grantee = 0 OR r.rolname = ANY(%(roles)s))
"""
_POLICIES = """
    SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check
    FROM pg_policies WHERE schemaname = current_schema()
"""
_DEFINER_FUNCTIONS = f"""
    SELECT p.proname, coalesce(p.proconfig::text, '')
    FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = current_schema()::regnamespace
      AND {_NOT_OF_AN_EXTENSION}
"""
_OPEN_FUNCTIONS = f"""
    SELECT p.proname FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND {_NOT_OF_AN_EXTENSION}
      AND p.prosecdef AND has_function_privilege('public', p.oid, 'EXECUTE')
"""
_VIEWS = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm')
      AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
"""
_POWERS = """
    SELECT rolname FROM pg_roles
    WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolinherit OR rolcreaterole
                                 OR rolcreatedb OR rolreplication
                                 OR rolcanlogin <> (rolname = %s))
"""
_MEMBERSHIPS = """
    SELECT m.rolname, g.rolname, a.admin_option FROM pg_auth_members a
    JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid
    WHERE m.rolname = ANY(%s) OR (g.rolname = ANY(%s) AND NOT m.rolsuper)
"""


def rows_of(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """All rows of a statement, asked as whoever is set."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _names(statement: str, parameters: Any = None) -> set[str]:
    return {str(name) for (name, *_rest) in rows_of(statement, parameters)}


def tables() -> set[str]:
    """All tables of the schema, the libraries' too."""
    return _names(_TABLES)


def tables_with_row_security(*, forced: bool = False) -> set[str]:
    """The tables whose rows are guarded by policies; with ``forced`` also from their owner."""
    condition = " AND relrowsecurity" + (" AND relforcerowsecurity" if forced else "")
    return _names(_TABLES + condition)


def declaration_names() -> list[str]:
    """Where the declarations stand that the migrations install."""
    migrations = MigrationLoader(None).disk_migrations.values()
    names = {
        operation.declaration
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, InstallPolicies)
    }
    return sorted(names)


def declarations() -> list[TablePolicies]:
    """All that the migrations install."""
    return [table for name in declaration_names() for table in import_string(name)]


def granted_privileges() -> set[tuple[str, str, str]]:
    """Table, role (or PUBLIC) and privilege, such as ``SELECT`` or ``UPDATE (is_active)``."""
    return _privileges(["r", "p"])


def sequence_privileges() -> set[tuple[str, str, str]]:
    """The same for sequences."""
    return _privileges(["S"])


def _privileges(kinds: Sequence[str]) -> set[tuple[str, str, str]]:
    found = rows_of(_PRIVILEGES, {"kinds": list(kinds), "roles": _ROLES})
    return {(table, role, privilege) for table, role, privilege in found}


def installed_policies() -> set[tuple[Any, ...]]:
    """Every policy as the catalogue spells it."""
    return set(rows_of(_POLICIES))


def definer_functions() -> dict[str, str]:
    """Functions that run as the owner, past all policies, with their settings."""
    return dict(rows_of(_DEFINER_FUNCTIONS))


def functions_open_to_everybody() -> set[str]:
    """Those among them that any role may call."""
    return _names(_OPEN_FUNCTIONS)


def unsafe_views() -> set[str]:
    """Views and materialised views that answer with their owner's eyes."""
    return _names(_VIEWS)


def powerful_roles() -> set[str]:
    """Roles of the portal that could do more than policies and privileges say."""
    return _names(_POWERS, [_ROLES, LOGIN_ROLE])


def memberships_of_roles() -> set[tuple[str, str, bool]]:
    """Who may become whom: member, role, and whether it may pass that on."""
    return {
        (member, role, admin) for member, role, admin in rows_of(_MEMBERSHIPS, [_ROLES, _ROLES])
    }
