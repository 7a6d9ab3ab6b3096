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


def close_trigger_switch(*, using: str, **_kwargs: Any) -> None:
    """Replaces the functions that every history trigger asks; runs after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute(_NEVER_IGNORE.format(schema="public."))
        cursor.execute(_NO_CONTEXT_ROW.format(schema="public."))
