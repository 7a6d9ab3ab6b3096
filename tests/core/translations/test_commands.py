"""The three commands, on a project of one file."""

import gettext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")


@pytest.fixture
def project(tmp_path: Path, settings: Settings) -> Path:
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
    (tmp_path / "views.py").write_text('_("Hours")', encoding="utf-8")
    return tmp_path


def write_part(project: Path, name: str, translation: str) -> None:
    part = project / "locale" / "zh_Hans" / "parts" / f"{name}.po"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(f'msgid "Hours"\nmsgstr "{translation}"\n', encoding="utf-8")


def test_check_fails_and_names_what_is_missing(project: Path) -> None:
    output = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_translations", stdout=output)
    assert output.getvalue() == "zh_Hans: missing: 'Hours'  (views.py)\n"


def test_check_is_silent_when_all_is_there(project: Path) -> None:
    write_part(project, "a", "时长")
    output = StringIO()
    call_command("check_translations", stdout=output)
    assert output.getvalue() == ""


def test_collect_takes_the_parts(project: Path) -> None:
    write_part(project, "a", "时长")
    output = StringIO()
    call_command("collect_translations", stdout=output)
    assert output.getvalue() == "zh_Hans: 1 entries, 0 untranslated, 0 unused\n"
    assert 'msgstr "时长"' in (project / CATALOGUE).read_text(encoding="utf-8")
    assert not list(project.glob("locale/zh_Hans/parts/*.po"))


def test_collect_refuses_files_that_disagree(project: Path) -> None:
    write_part(project, "a", "时长")
    write_part(project, "b", "小时")
    with pytest.raises(CommandError, match=r"'Hours': 时长; in b\.po: 小时"):
        call_command("collect_translations", stdout=StringIO())
    assert len(list(project.glob("locale/zh_Hans/parts/*.po"))) == 2


def test_compile_writes_once(project: Path) -> None:
    write_part(project, "a", "时长")
    first, second = StringIO(), StringIO()
    call_command("compile_translations", stdout=first)
    with (project / CATALOGUE).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hours") == "时长"
    call_command("compile_translations", stdout=second)
    assert (first.getvalue(), second.getvalue()) == ("compiled zh_Hans\n", "")
