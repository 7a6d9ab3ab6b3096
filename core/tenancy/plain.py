"""A connection of psycopg's own, to where one of Django's leads."""

from __future__ import annotations

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["connect_plainly"]

_DJANGO_ONLY = ("cursor_factory", "context", "prepare_threshold")


def connect_plainly(wrapper: BaseDatabaseWrapper) -> psycopg.Connection[tuple[object, ...]]:
    """Opened anew, in autocommit; the caller closes it."""
    parameters = wrapper.get_connection_params()
    for name in _DJANGO_ONLY:
        parameters.pop(name, None)
    return psycopg.connect(**parameters, autocommit=True)
