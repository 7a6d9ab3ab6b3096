"""``manage.py refresh_totals``: recounts all totals that wait."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from volunteers.totals.domain import mark_everything, recount_dirty_months

__all__ = ["Command"]


class Command(BaseCommand):
    """Safe to repeat and to interrupt: each month is a transaction of its own."""

    help = "Recompute all totals that wait; with --all, every total from the records."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--all`` counts everything again."""
        parser.add_argument("--all", action="store_true", help="recount every month")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how much was recounted."""
        if options["all"]:
            mark_everything()
        recount = recount_dirty_months()
        self.stdout.write(f"recounted {recount.months} months, {recount.committees} totals")
