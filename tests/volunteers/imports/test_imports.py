"""Both counties' workbooks, with exactly the faults that are known of them."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.workbooks import (
    DATA,
    add_townships,
    expected_faults,
    faults_of,
    import_file,
)

COUNTIES = ("441802", "440606")


@pytest.fixture
def counties(cast: Cast) -> Cast:
    with as_owner():
        add_townships(cast.committees)
    return cast


@pytest.mark.parametrize("code", COUNTIES)
def test_workbooks_have_exactly_the_known_faults(counties: Cast, code: str) -> None:
    actor = counties.actor(f"county-{code}")
    committee = counties.committee(code)
    for kind, name in (
        ("volunteers", f"roster-{code}.xlsx"),
        ("hours", f"hours-{code}-2026-05.xlsx"),
    ):
        result = import_file(kind, DATA / name, committee=committee, actor=actor)
        assert faults_of(result) == expected_faults(name)
        assert result.accepted == result.rows - len(result.refused)
