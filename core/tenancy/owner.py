"""A connection as the database's owner, for set-up and benchmarks; never for requests or tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management.base import CommandError
from django.db import connections
from django.utils.connection import ConnectionDoesNotExist

from core.tenancy.plain import connect_plainly

__all__ = ["owner_connection"]


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Opens a connection with the ``owner`` settings, in autocommit.

    Raises `CommandError` where the process does not hold the owner's address.
    """
    try:
        wrapper = connections["owner"]
    except ConnectionDoesNotExist as error:
        message = "DATABASE_OWNER_URL is not set; see docs/deploy.md."
        raise CommandError(message) from error
    with connect_plainly(wrapper) as connection:
        yield connection
