"""Replaces functions of pgtrigger and pghistory whose defaults do not fit a database with roles."""

from typing import Any

from django.db import connections

# A session could otherwise tell the history triggers to stay silent.
_NEVER_IGNORE = """
    CREATE OR REPLACE FUNCTION {schema}_pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN AS $$ SELECT FALSE $$ LANGUAGE SQL IMMUTABLE
"""

# Each event keeps its context itself; the original also writes a row of its own for it, into a
# table that no role may write.
_NO_CONTEXT_ROW = """
    CREATE OR REPLACE FUNCTION {schema}_pgh_attach_context()
    RETURNS uuid AS $$ SELECT NULL::uuid $$ LANGUAGE SQL STABLE
"""

# A trigger's plan is made once a session. Made while one row changed, it would join the old and
# the new rows of a later change of 50,000 row by row: 2,500,000,000 comparisons.
_JOIN_BY_HASH = """
    DO $do$
    DECLARE f regprocedure;
    BEGIN
        FOR f IN SELECT oid FROM pg_proc
            WHERE starts_with(proname, 'pgtrigger_') AND pronamespace = 'public'::regnamespace
        LOOP
            EXECUTE format('ALTER FUNCTION %s SET enable_nestloop = off', f);
        END LOOP;
    END $do$
"""


def close_trigger_switch(*, using: str, **_kwargs: Any) -> None:
    """Replaces the functions that every history trigger asks; runs after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute(_NEVER_IGNORE.format(schema="public."))
        cursor.execute(_NO_CONTEXT_ROW.format(schema="public."))


def keep_triggers_fast(*, using: str, **_kwargs: Any) -> None:
    """Takes nested loops from the plans of all history triggers; runs after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute(_JOIN_BY_HASH)
