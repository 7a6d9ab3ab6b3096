"""Makes an account with a membership."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.domain import create_member
from organizations.accounts.models import MemberRole


class Command(BaseCommand):
    """Safe to repeat."""

    # Checks would load every page of the portal first: two seconds for nothing here.
    requires_system_checks = ()
    help = "Creates an account, where there is none of that name, and gives it a membership."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, for which committee, as what."""
        parser.add_argument("username")
        parser.add_argument("--committee", required=True, metavar="CODE")
        parser.add_argument("--role", required=True, choices=MemberRole.values)
        parser.add_argument("--password", default="", help="without one nobody can log in yet")

    def handle(
        self,
        *args: Any,
        username: str,
        committee: str,
        role: str,
        password: str,
        **options: Any,
    ) -> None:
        """Creates both in one transaction."""
        try:
            with acting_as(Scope.for_job("create_member")):
                created = create_member(
                    username=username,
                    committee_code=committee,
                    role=MemberRole(role),
                    password=password,
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        what = "new account" if created.is_new_account else "account found"
        self.stdout.write(f"{username}: {what}, {role} of {committee}")
