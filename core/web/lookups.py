"""Lookups that keep their index under row-level security."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

__all__ = ["BeginsWith"]


@CharField.register_lookup
@TextField.register_lookup
class BeginsWith(Lookup[str]):
    """``column__begins="qc"``: the column starts with the text, case and all.

    PostgreSQL's ``^@`` is leakproof and takes wildcards for plain characters; LIKE, which
    ``startswith`` uses, is not leakproof, so policies keep it from any index. An index on the
    column needs the C collation.
    """

    lookup_name = "begins"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """``column ^@ text``."""
        left, left_parameters = self.process_lhs(compiler, connection)
        right, right_parameters = self.process_rhs(compiler, connection)
        return f"{left} ^@ {right}", (*left_parameters, *right_parameters)
