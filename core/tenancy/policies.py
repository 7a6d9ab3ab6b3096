"""What each role may do with a table, declared beside the table's model.

A topic's ``policies.py`` lists `TablePolicies`; the migration operation `InstallPolicies` writes
them into the database. Row-level security is forced, so even the owner of the table is bound by
it unless the role bypasses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.tenancy.keys import WHOLE_KEY
from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role

__all__ = [
    "ABOVE_COMMITTEE",
    "IN_SUBTREE",
    "OWN_MERCHANT",
    "OWN_ORGANIZATION",
    "OWN_USER",
    "OWN_VOLUNTEER",
    "WHOLE_COMMITTEE",
    "Policy",
    "TablePolicies",
    "history_of",
    "large_table_policies",
    "led_in",
    "subtree_policies",
]

_COMMITTEE = "nullif(current_setting('portal.committee', true), '')"
# A key that was cut off would reach its siblings. As a subquery it is asked once a statement.
WHOLE_COMMITTEE = f"(SELECT current_setting('portal.committee', true) ~ '{WHOLE_KEY}')"
# Everything at or below the actor's committee; '{' follows 'z' in the C collation.
IN_SUBTREE = (
    f"({WHOLE_COMMITTEE} AND committee_id >= {_COMMITTEE} AND committee_id < {_COMMITTEE} || '{{')"
)
# What a committee above has published reaches those below it too.
ABOVE_COMMITTEE = f"""
    {WHOLE_COMMITTEE}
    AND committee_id = left(current_setting('portal.committee', true), length(committee_id))
"""
OWN_VOLUNTEER = "volunteer_id = nullif(current_setting('portal.volunteer', true), '')::bigint"
OWN_MERCHANT = "merchant_id = nullif(current_setting('portal.merchant', true), '')::bigint"
OWN_USER = "user_id = nullif(current_setting('portal.user', true), '')::bigint"
FROM_TRIGGER = "pg_trigger_depth() > 0"


def led_in(column: str) -> str:
    """The organisation that ``column`` names is one of those the actor leads; none for no scope."""
    return f"{column} = ANY (nullif(current_setting('portal.organizations', true), '')::bigint[])"


OWN_ORGANIZATION = led_in("organization_id")


@dataclass(frozen=True, slots=True)
class Policy:
    """Rows that ``roles`` reach with ``command``.

    ``using`` decides which rows are seen, ``check`` which may be written (as ``using`` when None).
    """

    name: str
    roles: Sequence[Role | str]
    using: str
    command: str = "ALL"
    check: str | None = None

    def statement(self, table: str) -> str:
        """The CREATE POLICY statement."""
        check = self.using if self.check is None else self.check
        clauses = ""
        if self.command != "INSERT":
            clauses += f" USING ({self.using})"
        if self.command in {"ALL", "INSERT", "UPDATE"}:
            clauses += f" WITH CHECK ({check})"
        roles = ", ".join(self.roles)
        return f'CREATE POLICY "{self.name}" ON "{table}" FOR {self.command} TO {roles}{clauses}'


@dataclass(frozen=True, slots=True)
class TablePolicies:
    """Privileges and policies of one table.

    ``grants`` pairs privileges ("SELECT, INSERT") with roles. Without ``policies`` the table
    stays without row-level security, for tables that hold nobody's rows.
    """

    table: str
    grants: Sequence[tuple[str, Sequence[Role | str]]]
    policies: Sequence[Policy] = ()

    def install(self) -> list[str]:
        """Statements that put privileges and policies in place, on a table that has none."""
        statements = [
            f'GRANT {privileges} ON "{self.table}" TO {", ".join(roles)}'
            for privileges, roles in self.grants
        ]
        if self.policies:
            statements.append(f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY')
            statements.append(f'ALTER TABLE "{self.table}" FORCE ROW LEVEL SECURITY')
        return statements + [policy.statement(self.table) for policy in self.policies]

    def remove(self) -> list[str]:
        """Statements that take away every privilege and policy of the portal's roles."""
        roles = ", ".join([LOGIN_ROLE, *Role])
        return [
            f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY',
            f'REVOKE ALL ON "{self.table}" FROM {roles}',
        ]


def subtree_policies(*, write: bool = True) -> list[Policy]:
    """Small tables: staff reach their subtree by a range, jobs reach everything."""
    command = "ALL" if write else "SELECT"
    return [
        Policy("staff", STAFF_ROLES, IN_SUBTREE, command),
        Policy("job", [Role.JOB], "true"),
    ]


def large_table_policies(*, write: bool = True) -> list[Policy]:
    """Large tables: an equality per tier with its generated column.

    With a range, the planner multiplies the policy's estimate with the query's own filter and
    reads thousands of rows for the newest fifty.
    """
    columns = dict(zip(STAFF_ROLES, ("tier1", "tier2", "tier3", "committee_id"), strict=True))
    setting = "current_setting('portal.committee', true)"
    command = "ALL" if write else "SELECT"
    return [
        *(
            Policy(str(role), [role], f"{column} = {setting}", command)
            for role, column in columns.items()
        ),
        Policy("job", [Role.JOB], "true", command),
    ]


def history_of(table: str, *, readers: Sequence[Role | str] = STAFF_ROLES) -> TablePolicies:
    """The history table of ``table``, which has a committee: appended to, and only by a trigger."""
    writers = [*Role, LOGIN_ROLE]
    return TablePolicies(
        table=f"{table}history",
        grants=[("INSERT", writers), ("SELECT", [*readers, Role.JOB])],
        policies=[
            Policy("append", writers, "true", "INSERT", check=FROM_TRIGGER),
            Policy("read", readers, IN_SUBTREE, "SELECT"),
            Policy("job", [Role.JOB], "true", "SELECT"),
        ],
    )
