"""Which rule of the database was broken."""

from __future__ import annotations

from django.db import IntegrityError

__all__ = ["broken_constraint"]


def broken_constraint(error: IntegrityError) -> str:
    """The constraint's name; "" where the database names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
