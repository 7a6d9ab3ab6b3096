"""Five entries at most for a role, one of them active."""

from __future__ import annotations

import pytest

from portal.shell.navigation import navigation_for
from tests.cast import Cast


@pytest.mark.parametrize(
    ("username", "count"),
    [("province", 5), ("province-auditor", 5), ("county-441802-recorder", 5), ("volunteer", 4)],
)
def test_entries_are_few(cast: Cast, username: str, count: int) -> None:
    assert len(navigation_for(cast.actor(username), "/")) == count


@pytest.mark.parametrize(
    ("username", "path", "active"),
    [
        ("county-441802", "/home/", "/home/"),
        ("county-441802", "/volunteers/new/", "/volunteers/"),
        ("county-441802", "/members/", "/organizations/"),
        ("county-441802", "/imports/3/", "/hours/"),
        ("volunteer", "/own/", "/own/"),
        ("volunteer", "/own/profile/", "/own/profile/"),
        ("county-441802", "/jobs/", None),
    ],
)
def test_entry_of_the_page_is_active(
    cast: Cast, username: str, path: str, active: str | None
) -> None:
    entries = navigation_for(cast.actor(username), path)
    assert [entry.url for entry in entries if entry.active] == ([active] if active else [])
