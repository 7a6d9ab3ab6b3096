"""``manage.py compile_translations``"""

from typing import Any

from django.core.management.base import BaseCommand

from core.translations.catalogues import compile_folder
from core.translations.languages import project_folders


class Command(BaseCommand):
    help = "Write the compiled catalogues that have changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in project_folders():
            if compile_folder(folder) and options["verbosity"] > 0:
                self.stdout.write(f"compiled {folder.path.name}")
