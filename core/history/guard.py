"""Closes pgtrigger's switch: a session could otherwise tell the history triggers to stay silent."""

from typing import Any

from django.db import connections

_NEVER_IGNORE = """
    CREATE OR REPLACE FUNCTION {schema}_pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN AS $$ SELECT FALSE $$ LANGUAGE SQL IMMUTABLE
"""


def close_trigger_switch(*, using: str, **_kwargs: Any) -> None:
    """Replaces the function that every pgtrigger trigger asks; runs after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute(_NEVER_IGNORE.format(schema="public."))
