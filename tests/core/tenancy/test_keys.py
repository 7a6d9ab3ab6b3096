"""Path keys: a subtree is a range of bytes, whatever the keys are."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core.tenancy.keys import (
    AFTER_SUBTREE,
    MAX_TIER,
    WHOLE_KEY,
    ancestor_keys,
    child_key,
    is_whole_key,
    parent_key,
    tier_of,
)

MOST_CHILDREN = 36**4 - 1
numbers = st.integers(1, MOST_CHILDREN)


@st.composite
def keys(draw: st.DrawFn, *, deepest: int = MAX_TIER) -> str:
    """Any key, of few children so that keys meet."""
    path = ""
    for number in draw(st.lists(st.integers(1, 40) | numbers, min_size=1, max_size=deepest)):
        path = child_key(path, number)
    return path


@given(keys(deepest=MAX_TIER - 1), numbers)
def test_child_hangs_one_tier_below(parent: str, number: int) -> None:
    child = child_key(parent, number)
    assert parent_key(child) == parent
    assert tier_of(child) == tier_of(parent) + 1
    assert is_whole_key(child)


@given(keys(), keys())
def test_subtree_is_a_range_of_bytes(above: str, path: str) -> None:
    inside = above.encode() <= path.encode() < (above + AFTER_SUBTREE).encode()
    assert inside == path.startswith(above) == (above in ancestor_keys(path))


@given(keys(deepest=MAX_TIER - 1), numbers, numbers)
def test_children_sort_by_number(parent: str, one: int, other: int) -> None:
    assert (child_key(parent, one) < child_key(parent, other)) == (one < other)


@given(keys())
def test_ancestors_lead_down_to_the_key(path: str) -> None:
    found = ancestor_keys(path)
    assert [tier_of(key) for key in found] == list(range(1, tier_of(path) + 1))
    assert found[-1] == path


@given(keys(), st.integers(1, 3))
def test_key_cut_off_is_not_whole(path: str, characters: int) -> None:
    assert not is_whole_key(path[:-characters])


@pytest.mark.parametrize("number", [0, -1, MOST_CHILDREN + 1])
def test_child_without_a_key_is_an_error(number: int) -> None:
    with pytest.raises(ValueError, match="No key"):
        child_key("0001", number)


def test_child_below_the_deepest_tier_is_an_error() -> None:
    with pytest.raises(ValueError, match="deepest"):
        child_key("0001" * MAX_TIER, 1)


TEXTS = [
    "",
    "0",
    "0001",
    "0001\n",
    " 0001",
    "0001000",
    "0001000A",
    "0001zzzz",
    "0001000{",
    "0" * 20,
]


@pytest.mark.parametrize("text", TEXTS)
def test_database_agrees_on_what_is_whole(db: None, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [text, WHOLE_KEY])
        assert cursor.fetchone() == (is_whole_key(text),)


@given(keys(), keys())
def test_order_of_bytes_is_the_order_of_the_column(one: str, other: str) -> None:
    """Python compares code points; for the characters of keys that is the C collation."""
    assert (one < other) == (one.encode() < other.encode())
