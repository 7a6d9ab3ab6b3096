"""Fills the database with synthetic people and records over all committees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone
from psycopg import sql

from core.tenancy.owner import owner_connection
from portal.demo.progress import Progress
from portal.demo.synthetic.hours import add_records
from portal.demo.synthetic.people import add_people

__all__ = ["Seeded", "seed"]

# Past this many rows, building the indexes afterwards is quicker than keeping them up to date.
_REBUILD_INDEXES_FROM = 500_000
_LEAVES = """
    SELECT path FROM organizations_committee c
    WHERE closed_on IS NULL
      AND NOT EXISTS (SELECT FROM organizations_committee child WHERE child.parent_id = c.path)
    ORDER BY path
"""
_EXCLUSIONS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'x'
"""
_INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
"""


@dataclass(frozen=True, slots=True)
class Seeded:
    """The keys of the people added, both included."""

    first: int
    last: int


def seed(*, volunteers: int, records: int, stream: OutputWrapper, number: int = 44) -> Seeded:
    """Adds that many synthetic volunteers, and records of the last year, in one transaction.

    Runs as a superuser, with triggers asleep: synthetic rows leave no history, and their totals
    are recounted afterwards (`recount_dirty_months` after `mark_everything`). Constraints hold all
    the same. Raises `CommandError` without committees or without that right.
    """
    today = timezone.localdate()
    with (
        owner_connection() as connection,
        connection.transaction(),
        connection.cursor() as cursor,
    ):
        committees = _prepare(cursor)
        rebuild = records >= _REBUILD_INDEXES_FROM
        with _without_indexes(cursor, "volunteers_volunteer", rebuild=rebuild):
            first, last = add_people(
                cursor,
                committees=committees,
                count=volunteers,
                today=today,
                seed=number,
                progress=Progress(stream, "synthetic volunteers"),
            )
        cursor.execute("ANALYZE volunteers_volunteer")
        with _without_indexes(cursor, "volunteers_servicerecord", rebuild=rebuild):
            add_records(
                cursor,
                first=first,
                last=last,
                count=records,
                today=today,
                zone=settings.TIME_ZONE,
                progress=Progress(stream, "synthetic service records"),
            )
    with owner_connection() as connection, connection.cursor() as cursor:
        # Index-only scans of the recount need the visibility map.
        cursor.execute("VACUUM ANALYZE volunteers_servicerecord, volunteers_volunteer")
    return Seeded(first, last)


def _prepare(cursor: psycopg.Cursor[Any]) -> Sequence[str]:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone() != (True,):
        message = (
            "Synthetic data needs a superuser's DATABASE_OWNER_URL: it puts triggers to sleep."
        )
        raise CommandError(message)
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cursor.execute("SET LOCAL synchronous_commit = off")
    cursor.execute(_LEAVES)
    committees = [path for (path,) in cursor.fetchall()]
    if not committees:
        message = "There are no committees yet: run load_divisions first."
        raise CommandError(message)
    return committees


@contextmanager
def _without_indexes(cursor: psycopg.Cursor[Any], table: str, *, rebuild: bool) -> Iterator[None]:
    """Drops what is not unique and makes it again afterwards, exclusion constraints included."""
    if not rebuild:
        yield
        return
    cursor.execute(_EXCLUSIONS, [table])
    exclusions = cursor.fetchall()
    cursor.execute(_INDEXES, [table])
    indexes = cursor.fetchall()
    of_table = sql.Identifier(table)
    for name, _definition in exclusions:
        cursor.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(of_table, sql.Identifier(name))
        )
    for name, _definition in indexes:
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for name, definition in exclusions:
        cursor.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(of_table, sql.Identifier(name))
            + sql.SQL(definition)
        )
