"""What counts as a text to translate, in Python and in templates."""

from pathlib import Path

import pytest

from core.translations.catalogues import entries
from core.translations.sources import source_catalogue


def found(root: Path) -> set[tuple[str | tuple[str, ...], str | None]]:
    return {
        (entry.id if isinstance(entry.id, str) else tuple(entry.id), entry.context)
        for entry in entries(source_catalogue(root))
    }


def in_python(root: Path, code: str) -> set[tuple[str | tuple[str, ...], str | None]]:
    (root / "views.py").write_text(code, encoding="utf-8")
    return found(root)


def in_template(root: Path, text: str) -> set[tuple[str | tuple[str, ...], str | None]]:
    (root / "templates").mkdir()
    (root / "templates" / "page.html").write_text(text, encoding="utf-8")
    return found(root)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('_("Confirm")', ("Confirm", None)),
        ('translation.gettext("Con" "firm")', ("Confirm", None)),
        ('gettext_lazy("Confirm {n}").format(n=1)', ("Confirm {n}", None)),
        ('ngettext("%(n)s row", "%(n)s rows", n)', (("%(n)s row", "%(n)s rows"), None)),
        ('pgettext("of a month", "May")', ("May", "of a month")),
        ('npgettext_lazy("list", "row", "rows", "n")', (("row", "rows"), "list")),
    ],
)
def test_source_of_python_is_found(
    tmp_path: Path, code: str, expected: tuple[str | tuple[str, ...], str | None]
) -> None:
    assert in_python(tmp_path, code) == {expected}


def test_source_of_python_offers_both_branches(tmp_path: Path) -> None:
    code = '_("Yes" if value else "No")'
    assert in_python(tmp_path, code) == {("Yes", None), ("No", None)}


def test_source_of_python_passes_over_what_only_running_knows(tmp_path: Path) -> None:
    assert in_python(tmp_path, "_(name)\ngettext(*names)\nrun('x')\n") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p>{% translate "Hours" %}</p>', ("Hours", None)),
        ('<p>\n    {% translate "May" context "month" as may %}\n</p>', ("May", "month")),
        ('{% include "a.html" with title=_("Hours") %}', ("Hours", None)),
        ('{{ value|default:_("None yet") }}', ("None yet", None)),
        (
            "{% blocktranslate trimmed with n=rows.total %}\n  {{ n }} rows\n  taken\n"
            "{% endblocktranslate %}",
            ("%(n)s rows taken", None),
        ),
        (
            "{% blocktranslate count n=total %}one row{% plural %}{{ n }} rows"
            "{% endblocktranslate %}",
            (("one row", "%(n)s rows"), None),
        ),
    ],
)
def test_source_of_template_is_found(
    tmp_path: Path, text: str, expected: tuple[str | tuple[str, ...], str | None]
) -> None:
    page = f"<ul>\n      <li>'unclosed (\n   {text}\n  </li>\n</ul>"
    assert in_template(tmp_path, page) == {expected}


def test_sources_pass_over_tests_and_hidden_folders(tmp_path: Path) -> None:
    for folder in ("tests", ".venv", "node_modules", "core"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "module.py").write_text(f'_("of {folder}")', encoding="utf-8")
    assert found(tmp_path) == {("of core", None)}


def test_source_tells_its_places(tmp_path: Path) -> None:
    in_python(tmp_path, 'a = 1\n_("Confirm")\n_("Confirm")')
    [entry] = entries(source_catalogue(tmp_path))
    assert entry.locations == [("views.py", 2), ("views.py", 3)]
