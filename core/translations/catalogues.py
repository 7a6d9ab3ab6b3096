"""Catalogues on disk: ``django.po`` with the parts beside it, and the compiled ``django.mo``."""

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

__all__ = [
    "Folder",
    "Held",
    "compile_folder",
    "entries",
    "entry_key",
    "held_catalogue",
    "po_text",
    "singular_of",
    "translations_of",
    "unused_entries",
]

_KEEP = "keep:"
Key = tuple[str, str | None]


@dataclass(frozen=True)
class Folder:
    """A language's folder, such as ``locale/zh_Hans``."""

    path: Path

    @property
    def main(self) -> Path:
        return self.path / "LC_MESSAGES" / "django.po"

    @property
    def compiled(self) -> Path:
        return self.main.with_suffix(".mo")

    @property
    def parts(self) -> list[Path]:
        return sorted(self.path.glob("parts/*.po"))

    @property
    def sources(self) -> list[Path]:
        return [path for path in (self.main, *self.parts) if path.exists()]


@dataclass(frozen=True)
class Held:
    """What a language holds: one catalogue out of all its files, and where they disagree."""

    catalogue: Catalog
    conflicts: list[tuple[Message, str, str]] = field(default_factory=list)
    """The entry as taken, the file it differs in, and what that file says."""


def held_catalogue(folder: Folder, *, with_parts: bool = True) -> Held:
    """A language's files as one catalogue; ``django.po`` wins, then the parts by their names.

    Raises `babel.messages.pofile.PoFileError` for a file that cannot be read.
    """
    held = Held(_empty_catalogue(folder))
    for path in folder.sources if with_parts else [folder.main]:
        with path.open("rb") as file:
            read = read_po(file, locale=folder.path.name, abort_invalid=True)
        for entry in entries(read):
            _take(entry, path.name, held)
    return held


def _take(entry: Message, name: str, held: Held) -> None:
    existing = held.catalogue.get(singular_of(entry), entry.context)
    if existing is not None and any(translations_of(existing)):
        if any(translations_of(entry)) and translations_of(entry) != translations_of(existing):
            held.conflicts.append((existing, name, " / ".join(translations_of(entry))))
        return
    held.catalogue.delete(entry.id, entry.context)  # adding would keep the empty translation
    held.catalogue.add(
        entry.id,
        entry.string,
        flags=entry.flags & {"fuzzy"},
        user_comments=entry.user_comments,
        context=entry.context,
    )


def entries(catalogue: Iterable[Message]) -> Iterator[Message]:
    """The entries without the header."""
    return (entry for entry in catalogue if entry.id)


def singular_of(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def translations_of(entry: Message) -> list[str]:
    """The translation, or one for each plural form; an untranslated one is an empty text."""
    if entry.string is None or isinstance(entry.string, str):
        return [entry.string or ""]
    return [text or "" for text in entry.string]


def entry_key(entry: Message) -> Key:
    return singular_of(entry), entry.context


def unused_entries(wanted: Catalog, held: Catalog) -> list[Message]:
    """Entries that no source asks for, but for those that a comment ``# keep: reason`` protects."""
    asked_for = {entry_key(entry) for entry in entries(wanted)}
    return [
        entry
        for entry in entries(held)
        if entry_key(entry) not in asked_for
        and not any(comment.startswith(_KEEP) for comment in entry.user_comments)
    ]


def po_text(folder: Folder, catalogue: Catalog) -> str:
    """The catalogue as ``django.po`` has it: sorted, without dates, places in code or wrapping."""
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {folder.path.name}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    return header + body.getvalue().decode().strip("\n") + "\n"


def compile_folder(folder: Folder) -> bool:
    """Write ``django.mo`` from all of the language's files; False when it was up to date.

    Entries without a translation and fuzzy ones are left out, so that they show in English.
    """
    newest = _newest_change(folder)
    if not folder.sources or _compiled_from(folder) == newest:
        return False
    compiled = _empty_catalogue(folder)
    for entry in entries(held_catalogue(folder).catalogue):
        if all(translations_of(entry)) and not entry.fuzzy:
            compiled.add(entry.id, entry.string, context=entry.context)
    output = io.BytesIO()
    write_mo(output, compiled)
    # Another process may be reading the old file, so the new one appears as a whole.
    partial = folder.compiled.with_suffix(".mo.partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_bytes(output.getvalue())
    os.utime(partial, ns=(newest, newest))
    partial.replace(folder.compiled)
    return True


def _newest_change(folder: Folder) -> int:
    """When a source last changed; taking a part away changes its folder's time."""
    watched = [*folder.sources, folder.path / "parts"]
    return max((path.stat().st_mtime_ns for path in watched if path.exists()), default=0)


def _compiled_from(folder: Folder) -> int | None:
    """The compiled file carries the time of the newest source it was made from."""
    return folder.compiled.stat().st_mtime_ns if folder.compiled.exists() else None


def _empty_catalogue(folder: Folder) -> Catalog:
    return Catalog(locale=folder.path.name, fuzzy=False)
