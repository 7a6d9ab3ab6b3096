"""Which languages the project translates into."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

from core.translations.catalogues import Folder

__all__ = ["project_folders", "project_root"]


def project_root() -> Path:
    """Where the sources lie."""
    return Path(settings.BASE_DIR)


def project_folders() -> list[Folder]:
    """The folder of each language of the settings; English is what the sources are written in."""
    locale_folder = Path(settings.LOCALE_PATHS[0])
    codes = [code for code, _name in settings.LANGUAGES if code.split("-")[0] != "en"]
    return [Folder(locale_folder / to_locale(code)) for code in codes]
