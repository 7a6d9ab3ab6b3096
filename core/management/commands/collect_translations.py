"""``manage.py collect_translations``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.translations.collection import TranslationsConflict, collect_folder
from core.translations.languages import project_folders, project_root


class Command(BaseCommand):
    help = "Bring the catalogues up to what the sources ask for, and take the parts into them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--drop-unused", action="store_true", help="remove entries that no source asks for"
        )
        parser.add_argument(
            "--keep-parts", action="store_true", help="leave the files in parts/ where they are"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in project_folders():
            try:
                collected = collect_folder(
                    project_root(),
                    folder,
                    drop_unused=options["drop_unused"],
                    keep_parts=options["keep_parts"],
                )
            except TranslationsConflict as error:
                message = f"{folder.path.name}: translated differently, nothing changed:\n{error}"
                raise CommandError(message) from error
            self.stdout.write(
                f"{folder.path.name}: {collected.total} entries, "
                f"{collected.untranslated} untranslated, {collected.unused} unused"
            )
