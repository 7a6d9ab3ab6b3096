"""``manage.py load_demo``: the demonstration's data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo.loading import load

__all__ = ["Command"]


class Command(BaseCommand):
    """Safe to repeat; goes on where an interrupted load stopped."""

    help = "Load the demonstration: divisions, ledger, rosters, hours and synthetic people."

    def handle(self, *args: Any, **options: Any) -> None:
        """Shows a bar for each long step."""
        load(self.stdout)
