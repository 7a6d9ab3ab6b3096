"""Parts of a table's row, for templates and for rows that are formatted in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

__all__ = ["figure_rows", "select_cell", "state_mark"]


def state_mark(state: str, label: str) -> SafeString:
    """A state by word and colour: good, active, waiting, bad or draft."""
    return format_html('<span class="state state-{}">{}</span>', state, label)


def select_cell(value: int | str, name: str, disabled: str | None = None) -> SafeString:
    """The cell with the row's box; ``disabled`` says why it cannot be chosen."""
    why_not = format_html(' disabled title="{}"', disabled) if disabled else mark_safe("")
    return format_html(
        '<td class="select-cell"><input class="form-check-input" type="checkbox" name="selected"'
        ' value="{}" data-select-row{} aria-label="{}"></td>',
        value,
        why_not,
        _("Select %(name)s") % {"name": name},
    )


def figure_rows(rows: Sequence[dict[str, Any]]) -> SafeString:
    """Rows of ``{name, url, cells}``: what it is, as a link if there is a ``url``, then figures."""
    return format_html_join("\n", "<tr>{}{}</tr>", ((_head(row), _figures(row)) for row in rows))


def _head(row: dict[str, Any]) -> SafeString:
    name = row["name"]
    if row.get("url"):
        name = format_html('<a href="{}">{}</a>', row["url"], name)
    return format_html('<th scope="row" class="identity">{}</th>', name)


def _figures(row: dict[str, Any]) -> SafeString:
    cells = (("–" if cell is None else cell,) for cell in row["cells"])
    return format_html_join("", '<td class="num">{}</td>', cells)
