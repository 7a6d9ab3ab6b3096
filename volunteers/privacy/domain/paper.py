"""The copy of a person's data as a page to read and to print (PDF, by typst).

What people wrote goes in as data, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.typesetting.pages import printable, typeset
from core.web.figures import hours_text
from volunteers.privacy.domain.parts import parts_of_copy

__all__ = ["data_as_pdf"]

_PAGE = settings.BASE_DIR / "templates/volunteers/privacy/copy.typ"


def data_as_pdf(data: Mapping[str, Any]) -> bytes | None:
    """`held_data` as PDF in the present language; None where no font has Chinese."""
    said = {
        "title": _("Copy of my data"),
        "subtitle": printable(f"{data['entry']['name']} · {data['made_at']}"),
        "none": pgettext("copy of data", "nothing"),
        "sections": [{"title": title, "rows": rows} for title, rows in _sections(data)],
    }
    return typeset(_PAGE, said)


def _sections(data: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    entry, labels = data["entry"], _labels()
    yield _("Entry"), [(label, _text(entry[key])) for key, label in labels if entry.get(key)]
    for part in parts_of_copy():
        yield str(part.title), [_line(row) for row in data.get(part.key, [])]


def _line(row: Mapping[str, Any]) -> tuple[str, str]:
    """The first value as what heads the line, then the others that are there."""
    head, *rest = [_cell(key, value) for key, value in row.items()]
    return head, " · ".join(filter(None, rest))


def _cell(key: str, value: Any) -> str:
    if key == "minutes":
        return f"{hours_text(value)} {pgettext('unit', 'hours')}"
    return "" if value is None else _text(value)


def _text(value: Any) -> str:
    return printable("、".join(value) if isinstance(value, list) else str(value))


def _labels() -> list[tuple[str, str]]:
    return [
        ("name", _("Name")),
        ("number", _("Portal number")),
        ("committee", _("Committee")),
        ("state", _("State")),
        ("gender", _("Gender")),
        ("birth_date", _("Birth date")),
        ("document_kind", _("Identity document")),
        ("full_number", _("Identity number")),
        ("full_phone", _("Telephone")),
        ("political_status", _("Political status")),
        ("skills", _("Skills")),
        ("guardian_name", _("Guardian")),
        ("full_guardian_phone", _("Guardian's telephone")),
        ("registered_on", _("Registered on")),
        ("source", _("How it came to be")),
        ("registered_by", _("Entered by")),
        ("guardian_consent_on", _("Guardian consented on")),
        ("account", _("Login name")),
        ("consent_on", _("Consent given on")),
        ("consent_evidence", _("Where the consent is kept")),
    ]
