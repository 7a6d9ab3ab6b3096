"""Rows on their way into the database: COPY into a temporary table, judged there by SQL.

A temporary table belongs to the connection and is seen by nobody else, so nothing of what a file
holds is kept when the import ends. Policies don't apply to it; they apply to what is read beside it
and to what is written from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

__all__ = ["begin_import", "drop_staged", "stage_rows"]

_SORT_IN_MEMORY = "SELECT set_config('work_mem', '64MB', true)"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('import ' || %s, 0))"


def stage_rows(
    create: str, copy: str, *, types: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Create a temporary table, fill it with `rows` and gather its statistics; count the rows.

    `create` is its CREATE TABLE statement, `copy` is "name (column, …)" and `types` names the
    PostgreSQL types of those columns. Rows are taken one by one, so they need not fit in memory;
    the connection is busy until the last one, so `rows` must not query the database.
    """
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(create)
        with cursor.copy(f"COPY {copy} FROM STDIN (FORMAT BINARY)") as copying:
            copying.set_types(types)
            for row in rows:
                copying.write_row(row)
                count += 1
        # Without statistics the planner takes the table for tiny and joins row by row.
        cursor.execute(f"ANALYZE {copy.partition(' ')[0]}")
    return count


def drop_staged(*tables: str) -> None:
    """Let the rows go before the transaction ends, which may hold another import."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")


def begin_import(committee: str) -> None:
    """Wait until no other import of the same committee (a path key) is being written.

    Two imports of one file would otherwise wait for each other's rows, and one would be thrown
    out. Held until the end of the transaction, as is the memory for sorting a sheet's rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [committee])
        cursor.execute(_SORT_IN_MEMORY)
