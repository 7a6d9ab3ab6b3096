"""The database engine of the settings: Django's own, with a check of kept connections for free."""

from __future__ import annotations

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

__all__ = ["DatabaseWrapper"]


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection is asked whether it still answers only where there is a sign of trouble."""

    def is_usable(self) -> bool:
        """Whether the server has not hung up.

        A server that ends a connection says so or closes it, and either can be read. While there
        is nothing to be read, ``SELECT 1`` before each request would cost what the page's own
        statements do, and find nothing.
        """
        return self._is_at_rest() or bool(super().is_usable())

    def _is_at_rest(self) -> bool:
        kept = self.connection
        if kept is None or kept.closed or kept.info.transaction_status != TransactionStatus.IDLE:
            return False
        said = poll()
        said.register(kept.fileno(), POLLIN)
        return not said.poll(0)
