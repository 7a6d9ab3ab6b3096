"""Parts of a list's frame that are many on a page: the heads of its columns and its filters.

Formatted in one go, as rows are (`core.web.cells`): a template's loop over them took as long as
fifty rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from core.web.cells import format_rows

__all__ = ["column_heads", "filter_groups"]

# A group with more choices becomes a menu.
MOST_CHIPS = 6

_HEAD = '<th scope="col" class="{}"{}>{}{}</th>\n'
_SORTED = ' aria-sort="{}"'
_SORT = '<a class="sort" href="{}">{}{}</a>'
_UNIT = ' <span class="unit">({})</span>'
_GROUP = '<div class="chips-group{}">{}</div>\n'
_CHIPS = '<span class="chips-label">{}</span>\n{}'
_CHIP = '<a class="chip" href="{}"{}>{}{}</a>\n'
_MENU = """<div class="dropdown">
  {}
  <div class="dropdown-menu menu-scroll">{}</div>
</div>"""
_MENU_BUTTON = """<button class="chip" type="button" data-bs-toggle="dropdown"
  data-bs-popper-config='{{"strategy":"fixed"}}' aria-expanded="false">{}: {} ▾</button>"""
_MENU_ITEM = '<a class="dropdown-item{}" href="{}"{}>{}{}</a>\n'
_COUNT = ' <span class="chip-count{}">{}</span>'
_CURRENT = SafeString(' aria-current="true"')


def column_heads(columns: Sequence[Mapping[str, Any]]) -> SafeString:
    """The cells of a table's head; what a column may say stands in `components/list.html`."""
    return format_rows(_HEAD, map(_head, columns))


def filter_groups(groups: Sequence[Mapping[str, Any]]) -> SafeString:
    """Choices as chips, or as a menu where they are many; see `components/filters.html`.

    A group's first option narrows nothing; one that does stays in sight on a phone.
    """
    return format_rows(_GROUP, map(_group, groups))


def _group(group: Mapping[str, Any]) -> tuple[object, ...]:
    options = group["options"]
    chosen = any(each.get("active") for each in options[1:])
    choices = _menu(group) if len(options) > MOST_CHIPS else _chips(group)
    return " is-chosen" if chosen else "", choices


def _head(column: Mapping[str, Any]) -> tuple[object, ...]:
    label, ordered = column["label"], column.get("sorted")
    if address := column.get("sort_url"):
        arrow = " ↑" if ordered == "ascending" else " ↓" if ordered else ""
        label = format_rows(_SORT, [(address, label, arrow)])
    unit = column.get("unit")
    return (
        "num" if column.get("numeric") else "",
        format_rows(_SORTED, [(ordered,)]) if ordered else "",
        label,
        format_rows(_UNIT, [(unit,)]) if unit else "",
    )


def _chips(group: Mapping[str, Any]) -> SafeString:
    chips = (
        (each["url"], _CURRENT if each.get("active") else "", each["label"], _count(each, ""))
        for each in group["options"]
    )
    return format_rows(_CHIPS, [(group["label"], format_rows(_CHIP, chips))])


def _menu(group: Mapping[str, Any]) -> SafeString:
    options = group["options"]
    chosen = ((group["label"], each["label"]) for each in options if each.get("active"))
    items = (
        (
            " active" if each.get("active") else "",
            each["url"],
            _CURRENT if each.get("active") else "",
            each["label"],
            _count(each, " ms-auto"),
        )
        for each in options
    )
    return format_rows(_MENU, [(format_rows(_MENU_BUTTON, chosen), format_rows(_MENU_ITEM, items))])


def _count(option: Mapping[str, Any], where: str) -> SafeString | str:
    count = option.get("count")
    return "" if count is None else format_rows(_COUNT, [(where, count)])
