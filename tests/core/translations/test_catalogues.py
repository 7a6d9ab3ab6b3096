"""Reading, joining, writing and compiling a language's files."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from core.translations.catalogues import (
    Folder,
    compile_folder,
    entries,
    held_catalogue,
    po_text,
    translations_of,
)

ROWS = 'msgid "%(n)s row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "%(n)s 行"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    for name in ("LC_MESSAGES", "parts"):
        (tmp_path / "zh_Hans" / name).mkdir(parents=True)
    return Folder(tmp_path / "zh_Hans")


def write_main(folder: Folder, text: str) -> None:
    folder.main.write_text(text, encoding="utf-8")


def write_part(folder: Folder, name: str, text: str) -> Path:
    path = folder.path / "parts" / f"{name}.po"
    path.write_text(text, encoding="utf-8")
    return path


def held(folder: Folder) -> dict[str | tuple[str, ...], list[str]]:
    return {
        entry.id if isinstance(entry.id, str) else tuple(entry.id): translations_of(entry)
        for entry in entries(held_catalogue(folder).catalogue)
    }


def compiled(folder: Folder) -> gettext.GNUTranslations:
    with folder.compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_catalogue_joins_main_and_parts(folder: Folder) -> None:
    write_main(folder, 'msgid "Hours"\nmsgstr "时长"\n\nmsgid "Home"\nmsgstr ""\n')
    write_part(folder, "a", 'msgid "Home"\nmsgstr "待办"\n')
    write_part(folder, "b", ROWS)
    expected = {"Hours": ["时长"], "Home": ["待办"], ("%(n)s row", "%(n)s rows"): ["%(n)s 行"]}
    assert held(folder) == expected
    assert held_catalogue(folder).conflicts == []


def test_catalogue_reports_files_that_disagree(folder: Folder) -> None:
    write_main(folder, 'msgid "Hours"\nmsgstr "时长"\n')
    write_part(folder, "a", 'msgid "Hours"\nmsgstr "小时"\n')
    [(taken, name, other)] = held_catalogue(folder).conflicts
    assert (taken.string, name, other) == ("时长", "a.po", "小时")


def test_catalogue_refuses_a_file_it_cannot_read(folder: Folder) -> None:
    write_part(folder, "a", 'msgid "Hours"\nmsgtsr "时长"\n')
    with pytest.raises(PoFileError):
        held_catalogue(folder)


def test_po_text_is_the_same_whatever_the_order(folder: Folder) -> None:
    first, second = 'msgid "B"\nmsgstr "乙"\n', '# why\nmsgid "A"\nmsgstr "甲"\n'
    write_main(folder, f"#: views.py:3\n{first}\n{second}")
    one = po_text(folder, held_catalogue(folder).catalogue)
    write_main(folder, f"{second}\n#: views.py:7\n{first}")
    other = po_text(folder, held_catalogue(folder).catalogue)
    assert one == other
    assert one.endswith('# why\nmsgid "A"\nmsgstr "甲"\n\nmsgid "B"\nmsgstr "乙"\n')
    assert "Date" not in one


def test_po_text_survives_being_read_again(folder: Folder) -> None:
    write_main(folder, ROWS)
    text = po_text(folder, held_catalogue(folder).catalogue)
    write_main(folder, text)
    assert po_text(folder, held_catalogue(folder).catalogue) == text


def test_compiled_catalogue_translates(folder: Folder) -> None:
    write_main(folder, f'msgctxt "month"\nmsgid "May"\nmsgstr "五月"\n\n{ROWS}')
    write_part(folder, "a", 'msgid "Hours"\nmsgstr "时长"\n')
    assert compile_folder(folder)
    translations = compiled(folder)
    assert translations.gettext("Hours") == "时长"
    assert translations.pgettext("month", "May") == "五月"
    assert translations.ngettext("%(n)s row", "%(n)s rows", 1) == "%(n)s 行"


def test_compiled_catalogue_leaves_out_what_is_not_ready(folder: Folder) -> None:
    write_main(folder, '#, fuzzy\nmsgid "Hours"\nmsgstr "时"\n\nmsgid "Home"\nmsgstr ""\n')
    compile_folder(folder)
    assert [compiled(folder).gettext(text) for text in ("Hours", "Home")] == ["Hours", "Home"]


def test_compiling_skips_what_is_up_to_date(folder: Folder) -> None:
    write_main(folder, 'msgid "Hours"\nmsgstr "时长"\n')
    assert compile_folder(folder)
    assert not compile_folder(folder)


def test_compiling_notices_a_change(folder: Folder) -> None:
    write_main(folder, 'msgid "Hours"\nmsgstr "时"\n')
    compile_folder(folder)
    write_main(folder, 'msgid "Hours"\nmsgstr "时长"\n')
    later = folder.compiled.stat().st_mtime + 1
    os.utime(folder.main, (later, later))
    assert compile_folder(folder)
    assert compiled(folder).gettext("Hours") == "时长"


def test_compiling_notices_a_removed_part(folder: Folder) -> None:
    part = write_part(folder, "a", 'msgid "Hours"\nmsgstr "时长"\n')
    write_main(folder, 'msgid "Home"\nmsgstr "待办"\n')
    compile_folder(folder)
    part.unlink()
    later = folder.compiled.stat().st_mtime + 1
    os.utime(part.parent, (later, later))
    assert compile_folder(folder)
    assert compiled(folder).gettext("Hours") == "Hours"


def test_compiling_without_a_catalogue_does_nothing(tmp_path: Path) -> None:
    assert not compile_folder(Folder(tmp_path / "zh_Hans"))
