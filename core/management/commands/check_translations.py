"""``manage.py check_translations``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.translations.faults import translation_faults
from core.translations.languages import project_folders, project_root


class Command(BaseCommand):
    help = "List what is missing or wrong in the catalogues; fails when anything is."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for folder in project_folders():
            faults = translation_faults(project_root(), folder)
            total += len(faults)
            for fault in faults:
                self.stdout.write(f"{folder.path.name}: {fault}")
        if total:
            message = f"{total} faults in the translations"
            raise CommandError(message)
