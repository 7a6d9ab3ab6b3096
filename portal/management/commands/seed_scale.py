"""``manage.py seed_scale``: synthetic people and records in any number, for measuring."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.demo.synthetic.seeding import seed
from volunteers.totals.domain import mark_everything, recount_dirty_months

__all__ = ["Command"]


class Command(BaseCommand):
    """Adds to what is there; all rows are marked as synthetic."""

    help = "Fill the database with synthetic volunteers and service records."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many of each."""
        parser.add_argument("--volunteers", type=int, required=True)
        parser.add_argument("--records", type=int, required=True)

    def handle(self, *args: Any, volunteers: int, records: int, **options: Any) -> None:
        """Adds the rows, then counts the totals."""
        seed(volunteers=volunteers, records=records, stream=self.stdout)
        mark_everything()
        recount = recount_dirty_months()
        self.stdout.write(
            f"{volunteers:,} volunteers, {records:,} records, {recount.months} months"
        )
