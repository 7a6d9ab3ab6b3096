"""``manage.py create_roles``: the database roles, once per cluster."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.tenancy.owner import owner_connection
from core.tenancy.roles import create_roles


class Command(BaseCommand):
    """Creates the roles that are missing; safe to repeat."""

    help = "Create the database roles (needs DATABASE_OWNER_URL of a role that may create roles)."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prints what was created."""
        password = str(settings.DATABASES["default"].get("PASSWORD", ""))
        with owner_connection() as connection:
            made = create_roles(connection, login_password=password)
        self.stdout.write(f"roles created: {', '.join(made)}" if made else "roles: all present")
