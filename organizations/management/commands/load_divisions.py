"""Creates or renames committees from a table of divisions."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.committees.imports import load_divisions


class Command(BaseCommand):
    """Safe to repeat; refuses a file with a fault and changes nothing then."""

    # Checks would load every page of the portal first: two seconds for nothing here.
    requires_system_checks = ()
    help = "Creates or renames committees from a csv file with code, name, level, parent."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Loads it in one transaction."""
        try:
            with acting_as(Scope.for_job("load_divisions"), statement_timeout_ms=60_000):
                taken = load_divisions(file)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{taken.created} created, {taken.renamed} renamed, {taken.unchanged} unchanged"
        )
