"""Every kind of fault is found, and a sound catalogue has none."""

from pathlib import Path

import pytest

from core.translations.catalogues import Folder
from core.translations.collection import (
    Collected,
    TranslationsConflict,
    collect_folder,
)
from core.translations.faults import Fault, translation_faults


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    for name in ("LC_MESSAGES", "parts"):
        (tmp_path / "locale" / "zh_Hans" / name).mkdir(parents=True)
    return Folder(tmp_path / "locale" / "zh_Hans")


def write_code(root: Path, code: str) -> None:
    (root / "views.py").write_text(code, encoding="utf-8")


def write_part(folder: Folder, text: str, name: str = "a") -> None:
    (folder.path / "parts" / f"{name}.po").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "entry", "expected"),
    [
        ('_("Hours")', "", Fault("missing", "Hours", "views.py")),
        ('_("Hours")', 'msgid "Hours"\nmsgstr ""\n', Fault("missing", "Hours", "views.py")),
        (
            'pgettext("month", "May")',
            'msgctxt "month"\nmsgid "May"\nmsgstr ""\n',
            Fault("missing", "May", "views.py"),
        ),
        (
            'ngettext("row", "rows", n)',
            'msgid "row"\nmsgstr "行"\n',
            Fault("missing", "row", "has no plural; views.py"),
        ),
        ('_("Hours")', '#, fuzzy\nmsgid "Hours"\nmsgstr "时长"\n', Fault("fuzzy", "Hours")),
        ("", 'msgid "Hours"\nmsgstr "时长"\n', Fault("unused", "Hours")),
        ('_("时长")', 'msgid "时长"\nmsgstr "时长"\n', Fault("not English", "时长", "views.py")),
        (
            '_("{n} of {total}")',
            'msgid "{n} of {total}"\nmsgstr "{n}/{all}"\n',
            Fault("placeholders", "{n} of {total}", "lacks {total}, has {all} too many"),
        ),
        (
            '_("%(n)s rows")',
            'msgid "%(n)s rows"\nmsgstr "行"\n',
            Fault("placeholders", "%(n)s rows", "lacks %(n)s"),
        ),
        (
            '_("%(n)s %%")',
            'msgid "%(n)s %%"\nmsgstr "%(n)s %"\n',
            Fault("placeholders", "%(n)s %%", "a single % must be written %%"),
        ),
    ],
)
def test_fault_is_found(
    tmp_path: Path, folder: Folder, code: str, entry: str, expected: Fault
) -> None:
    write_code(tmp_path, code)
    write_part(folder, entry)
    assert translation_faults(tmp_path, folder) == [expected]


def test_faults_are_none_in_a_sound_catalogue(tmp_path: Path, folder: Folder) -> None:
    code = 'ngettext("one row", "%(n)s rows", n)\n_("{n:.1f} hours")\n_("such as 时长")'
    write_code(tmp_path, code)
    text = 'msgid "{n:.1f} hours"\nmsgstr "{n:.1f} 小时"\n\nmsgid "such as 时长"\nmsgstr "如时长"\n'
    write_part(folder, text)
    plural = 'msgid "one row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "%(n)s 行"\n'
    write_part(folder, plural, "b")
    assert translation_faults(tmp_path, folder) == []


def test_fault_of_files_that_disagree_names_both(tmp_path: Path, folder: Folder) -> None:
    write_code(tmp_path, '_("Hours")')
    write_part(folder, 'msgid "Hours"\nmsgstr "时长"\n', "a")
    write_part(folder, 'msgid "Hours"\nmsgstr "小时"\n', "b")
    assert translation_faults(tmp_path, folder) == [
        Fault("conflict", "Hours", "时长; in b.po: 小时")
    ]
    with pytest.raises(TranslationsConflict, match=r"in b\.po: 小时"):
        collect_folder(tmp_path, folder)
    assert not folder.main.exists()


def test_entry_under_a_keep_comment_is_not_unused(tmp_path: Path, folder: Folder) -> None:
    write_part(folder, '# keep: a library asks for it\nmsgid "Sign in"\nmsgstr "登录"\n')
    assert translation_faults(tmp_path, folder) == []
    collect_folder(tmp_path, folder, drop_unused=True)
    assert "登录" in folder.main.read_text(encoding="utf-8")


def test_hand_edited_order_is_a_fault_until_collected(tmp_path: Path, folder: Folder) -> None:
    write_code(tmp_path, '_("A"), _("B")')
    text = 'msgid "B"\nmsgstr "乙"\n\nmsgid "A"\nmsgstr "甲"\n'
    folder.main.write_text(text, encoding="utf-8")
    [fault] = translation_faults(tmp_path, folder)
    assert fault.kind == "form"
    collect_folder(tmp_path, folder)
    assert translation_faults(tmp_path, folder) == []


def test_collecting_takes_the_parts_and_adds_what_is_new(tmp_path: Path, folder: Folder) -> None:
    write_code(tmp_path, '_("Hours"), _("New")')
    write_part(folder, 'msgid "Hours"\nmsgstr "时长"\n\nmsgid "Old"\nmsgstr "旧"\n')
    assert collect_folder(tmp_path, folder) == Collected(total=3, untranslated=1, unused=1)
    assert folder.parts == []
    assert translation_faults(tmp_path, folder) == [
        Fault("missing", "New", "views.py"),
        Fault("unused", "Old"),
    ]


def test_collecting_again_changes_nothing(tmp_path: Path, folder: Folder) -> None:
    write_code(tmp_path, 'ngettext("row", "rows", n)')
    write_part(folder, 'msgid "row"\nmsgstr "行"\n')
    collect_folder(tmp_path, folder)
    text = folder.main.read_text(encoding="utf-8")
    assert 'msgstr[0] "行"' in text
    collect_folder(tmp_path, folder)
    assert folder.main.read_text(encoding="utf-8") == text


def test_collecting_can_keep_parts_and_drop_the_unused(tmp_path: Path, folder: Folder) -> None:
    write_code(tmp_path, '_("Hours")')
    write_part(folder, 'msgid "Hours"\nmsgstr "时长"\n\nmsgid "Old"\nmsgstr "旧"\n')
    collected = collect_folder(tmp_path, folder, drop_unused=True, keep_parts=True)
    assert collected == Collected(total=1, untranslated=0, unused=0)
    assert len(folder.parts) == 1
