"""The heads of columns and the filters of a list."""

from __future__ import annotations

from core.web.parts import MOST_CHIPS, column_heads, filter_groups


def _group(choices: int) -> dict[str, object]:
    return {
        "label": "<month>",
        "options": [
            {
                "label": f"<{number}>",
                "url": f"/?month={number}&q=",
                "count": number or None,
                "active": number == 1,
            }
            for number in range(choices)
        ],
    }


def test_head_names_column_unit_and_order() -> None:
    plain, ordered = column_heads(
        [
            {"label": "<name>"},
            {
                "label": "n",
                "numeric": True,
                "unit": "h",
                "sort_url": "?s&t",
                "sorted": "descending",
            },
        ]
    ).splitlines()
    assert plain == '<th scope="col" class="">&lt;name&gt;</th>'
    assert ordered == (
        '<th scope="col" class="num" aria-sort="descending">'
        '<a class="sort" href="?s&amp;t">n ↓</a> <span class="unit">(h)</span></th>'
    )


def test_few_choices_are_chips() -> None:
    shown = filter_groups([_group(2)])
    assert '<span class="chips-label">&lt;month&gt;</span>' in shown
    assert '<a class="chip" href="/?month=0&amp;q=">&lt;0&gt;</a>' in shown
    assert 'aria-current="true">&lt;1&gt; <span class="chip-count">1</span></a>' in shown


def test_many_choices_are_a_menu_that_names_the_chosen_one() -> None:
    shown = filter_groups([_group(MOST_CHIPS + 1)])
    assert "&lt;month&gt;: &lt;1&gt; ▾</button>" in shown
    assert """data-bs-popper-config='{"strategy":"fixed"}'""" in shown
    assert shown.count("dropdown-item") == MOST_CHIPS + 1
    assert 'class="dropdown-item active" href="/?month=1&amp;q=" aria-current="true"' in shown


def test_group_that_narrows_is_told_from_one_that_does_not() -> None:
    narrowing, other = _group(3), _group(3)
    other["options"] = [{"label": "all", "url": "/", "active": True}, {"label": "x", "url": "/?x"}]
    shown = filter_groups([narrowing, other])
    assert shown.count('class="chips-group is-chosen"') == 1
    assert shown.count('class="chips-group"') == 1
