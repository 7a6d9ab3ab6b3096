"""Counts as columns: several lists, or one beside a row, counted by the statement that asks."""

from __future__ import annotations

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from core.web.figures import COUNT_CAP

__all__ = ["CountOf"]


class CountOf(Subquery):
    """How many rows a queryset has, exactly up to ``cap``; ``cap + 1`` stands for more."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    # What the compiler puts for a queryset that it sees to be empty.
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet[Any], *, cap: int = COUNT_CAP) -> None:
        rows = rows.order_by()
        super().__init__((rows if rows.query.distinct else rows.values("pk"))[: cap + 1])
