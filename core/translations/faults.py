"""What is wrong with a language's catalogue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from core.translations.catalogues import (
    Folder,
    Held,
    entries,
    held_catalogue,
    po_text,
    singular_of,
    translations_of,
    unused_entries,
)
from core.translations.sources import source_catalogue

__all__ = ["Fault", "translation_faults"]

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2}")
_PRINTF = re.compile(r"%(?:\((?P<name>\w+)\))?[sdifr]|%%")
_BRACES = re.compile(r"\{(\w*)[^{}]*\}")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend: its kind, the source text, and what is known about it."""

    kind: str
    text: str
    detail: str = ""

    def __str__(self) -> str:
        detail = f"  ({self.detail})" if self.detail else ""
        return f"{self.kind}: {self.text!r}{detail}"


def translation_faults(root: Path, folder: Folder) -> list[Fault]:
    """All faults of the language in ``folder`` against the sources below ``root``, sorted.

    Kinds: missing, fuzzy, placeholders, unused, conflict, not English, form. An entry that no
    source asks for stays when a comment ``# keep: reason`` stands over it, for instance because
    a library asks for it.
    """
    wanted, held = source_catalogue(root), held_catalogue(folder)
    faults = [
        *_faults_of_sources(wanted, held.catalogue),
        *_faults_of_entries(wanted, held),
        *_faults_of_form(folder),
    ]
    return sorted(set(faults))


def _faults_of_sources(wanted: Catalog, held: Catalog) -> Iterator[Fault]:
    for entry in entries(wanted):
        text, places = singular_of(entry), ", ".join(sorted({name for name, _ in entry.locations}))
        if _CHINESE.search(text) and not _ENGLISH.search(text):
            yield Fault("not English", text, places)
        found = held.get(text, entry.context)
        if found is None or not all(translations_of(found)):
            yield Fault("missing", text, places)
        elif entry.pluralizable and not found.pluralizable:
            yield Fault("missing", text, f"has no plural; {places}")


def _faults_of_entries(wanted: Catalog, held: Held) -> Iterator[Fault]:
    for entry in unused_entries(wanted, held.catalogue):
        yield Fault("unused", singular_of(entry))
    for entry in entries(held.catalogue):
        if entry.fuzzy:
            yield Fault("fuzzy", singular_of(entry))
        yield from _faults_of_placeholders(entry)
    for taken, name, other in held.conflicts:
        detail = f"{' / '.join(translations_of(taken))}; in {name}: {other}"
        yield Fault("conflict", singular_of(taken), detail)


def _faults_of_placeholders(entry: Message) -> Iterator[Fault]:
    # A singular may say "one record"; the plural names all that can be named.
    original = entry.id if isinstance(entry.id, str) else entry.id[-1]
    wanted = _placeholders(original)
    for translation in filter(None, translations_of(entry)):
        found = _placeholders(translation)
        if found != wanted:
            yield Fault("placeholders", singular_of(entry), _difference(wanted, found))
        elif _PRINTF.search(original) and "%" in _PRINTF.sub("", translation):
            yield Fault("placeholders", singular_of(entry), "a single % must be written %%")


def _placeholders(text: str) -> list[str]:
    """The names in ``%(name)s`` and ``{name}``, and each nameless one; sorted."""
    printf = [match[0] for match in _PRINTF.finditer(text) if match[0] != "%%"]
    return sorted({*printf}) + sorted({f"{{{name}}}" for name in _BRACES.findall(text)})


def _difference(wanted: list[str], found: list[str]) -> str:
    lost = [f"lacks {name}" for name in wanted if name not in found]
    extra = [f"has {name} too many" for name in found if name not in wanted]
    return ", ".join(lost + extra)


def _faults_of_form(folder: Folder) -> Iterator[Fault]:
    if not folder.main.exists():
        return
    alone = held_catalogue(folder, with_parts=False).catalogue
    if folder.main.read_text(encoding="utf-8") != po_text(folder, alone):
        yield Fault("form", folder.main.name, "run manage.py collect_translations")
