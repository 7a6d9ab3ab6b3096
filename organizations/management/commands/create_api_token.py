"""Prints a key for programs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organizations.accounts.domain import issue_api_token
from organizations.accounts.models import Membership


class Command(BaseCommand):
    """The token is all that goes to standard output."""

    # Checks would load every page of the portal first: two seconds for nothing here.
    requires_system_checks = ()
    help = "Prints a token acting under a membership of the account; it is shown only once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and under which membership where there are several."""
        parser.add_argument("username")
        parser.add_argument("--committee", default="", metavar="CODE")

    def handle(self, *args: Any, username: str, committee: str, **options: Any) -> None:
        """Issues it under the first membership that holds today."""
        memberships = Membership.objects.valid_on(timezone.localdate()).filter(
            user__username=username
        )
        if committee:
            memberships = memberships.filter(committee__code=committee)
        membership = memberships.order_by("committee_id", "pk").first()
        if membership is None:
            where = f" for committee {committee}" if committee else ""
            raise CommandError(f"{username} has no membership that holds today{where}.")
        self.stdout.write(issue_api_token(membership))
