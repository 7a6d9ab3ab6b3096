"""Opening hours: what is typed is kept in one form or refused, never guessed."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays.opening import InvalidHours, hours_given, is_open_at


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("9:00-12:00", "09:00-12:00"),
        ("9：00－12:00", None),
        ("9:00–12:00，14:00 至 17:30", "09:00-12:00 14:00-17:30"),
        ("08:30~24:00", "08:30-24:00"),
        ("14:00-17:00 9:00-12:00", None),
        ("12:00-9:00", None),
        ("9:00-12:00 11:00-13:00", None),
        ("9-12", None),
        ("全天", None),
    ],
)
def test_typed_hours_are_kept_in_one_form_or_refused(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(InvalidHours):
            hours_given(typed)
    else:
        assert hours_given(typed) == kept


@given(st.text(alphabet="0123456789:：-–~至 ,，、x", max_size=40))
def test_any_text_is_kept_or_refused_and_the_kept_form_stays(typed: str) -> None:
    try:
        kept = hours_given(typed)
    except InvalidHours:
        return
    assert hours_given(kept) == kept


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T08:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T12:00", False),
        ("2026-11-23T16:59", True),
        ("2026-11-24T10:00", False),
        ("2026-11-29T23:59", True),
    ],
)
def test_hours_of_the_weekday_decide(moment: str, *, is_open: bool) -> None:
    hours = ["09:00-12:00 14:00-17:00", "", "", "", "", "", "08:00-24:00"]
    assert is_open_at(hours, datetime.fromisoformat(moment)) is is_open
