"""``manage.py demo_logins``: who can log in to the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo.cast import CASHIER, MEMBERS, VOLUNTEER, demo_password

__all__ = ["Command"]


class Command(BaseCommand):
    """Prints a table."""

    help = "Print the demonstration's logins."

    def handle(self, *args: Any, **options: Any) -> None:
        """Login name, password and what the account is for."""
        rows = [("login", "password", "for")]
        rows += [
            (login.username, demo_password(), f"{login.role} of {login.committee}: {login.purpose}")
            for login in MEMBERS
        ]
        rows.append((VOLUNTEER, demo_password(), "a volunteer: the own hours, on a phone"))
        rows.append((CASHIER, demo_password(), "at a merchant's counter: redeems benefits"))
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        for login, password, purpose in rows:
            self.stdout.write(f"  {login:<{widths[0]}}  {password:<{widths[1]}}  {purpose}")
