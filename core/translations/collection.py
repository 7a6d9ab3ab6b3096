"""Bringing ``django.po`` up to what the sources ask for."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from core.translations.catalogues import (
    Folder,
    entries,
    held_catalogue,
    po_text,
    singular_of,
    translations_of,
    unused_entries,
)
from core.translations.sources import source_catalogue

__all__ = ["Collected", "TranslationsConflict", "collect_folder"]


class TranslationsConflict(Exception):
    """The files of one language translate the same text differently; the lines say which."""


@dataclass(frozen=True)
class Collected:
    """Counts of entries: all, those still without a translation, and those nobody asks for."""

    total: int
    untranslated: int
    unused: int


def collect_folder(
    root: Path, folder: Folder, *, drop_unused: bool = False, keep_parts: bool = False
) -> Collected:
    """Write ``django.po`` with all that the sources ask for, and take the parts into it.

    New texts enter untranslated. Parts are deleted once they are taken, unless ``keep_parts``.
    Entries that no source asks for stay until ``drop_unused``, because their code may be on its
    way; those under a comment ``# keep: reason`` stay always. Raises
    `TranslationsConflict` and changes nothing when files disagree.
    """
    held, wanted = held_catalogue(folder), source_catalogue(root)
    if held.conflicts:
        raise TranslationsConflict(
            "\n".join(
                f"{singular_of(taken)!r}: {' / '.join(translations_of(taken))}; in {name}: {other}"
                for taken, name, other in held.conflicts
            )
        )
    catalogue = held.catalogue
    unused = unused_entries(wanted, catalogue)
    for entry in unused if drop_unused else []:
        catalogue.delete(entry.id, entry.context)
    for entry in entries(wanted):
        _add_wanted(entry, catalogue)
    parts = folder.parts
    folder.main.parent.mkdir(parents=True, exist_ok=True)
    folder.main.write_text(po_text(folder, catalogue), encoding="utf-8")
    for part in [] if keep_parts else parts:
        part.unlink()
    return Collected(
        total=len(catalogue),
        untranslated=sum(not all(translations_of(entry)) for entry in entries(catalogue)),
        unused=0 if drop_unused else len(unused),
    )


def _add_wanted(entry: Message, catalogue: Catalog) -> None:
    found = catalogue.get(singular_of(entry), entry.context)
    if found is None:
        catalogue.add(entry.id, context=entry.context)
    elif entry.pluralizable and not found.pluralizable:
        found.id, found.string = entry.id, tuple(translations_of(found))
