"""Two imports of one file at the same moment: every row exactly once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from core.workbooks.results import ImportResult
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from tests.cast import Cast, build_cast
from tests.database import as_owner
from tests.volunteers.workbooks import DATA, add_townships, import_file
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.models import Volunteer, VolunteerIdentity

pytestmark = pytest.mark.django_db(transaction=True)

ROSTER = DATA / "roster-440606.xlsx"
HOURS = DATA / "hours-440606-2026-05.xlsx"


@pytest.fixture
def committed() -> Cast:
    """The cast where other connections see it."""
    with as_owner():
        cast = build_cast()
        add_townships(cast.committees)
    return cast


def at_once(*imports: Callable[[], ImportResult]) -> list[ImportResult]:
    """Runs each on a thread and a connection of its own, all begun together."""
    ready = Barrier(len(imports))

    def run(bring_in: Callable[[], ImportResult]) -> ImportResult:
        try:
            ready.wait(timeout=30)
            return bring_in()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(imports)) as pool:
        return [done.result(timeout=120) for done in [pool.submit(run, each) for each in imports]]


def importing(
    kind: str, path: Path, committee: Committee, actor: Actor
) -> Callable[[], ImportResult]:
    return lambda: import_file(kind, path, committee=committee, actor=actor)


def test_two_imports_of_one_file_take_each_row_once(committed: Cast) -> None:
    county = committed.committee("440606")
    officer = committed.county_440606
    for kind, path, good in (("volunteers", ROSTER, 140), ("hours", HOURS, 276)):
        twice = importing(kind, path, county, officer)
        results = at_once(twice, twice)
        assert sorted(result.accepted for result in results) == [0, good]
        (loser,) = (result for result in results if not result.accepted)
        assert loser.already == good
    with as_owner():
        assert Volunteer.objects.filter(source="import").count() == 140
        assert VolunteerIdentity.objects.count() == 140
        assert ServiceRecord.objects.count() == 276
        assert HoursSheet.objects.count() == 1


def test_imports_for_two_committees_share_the_rows_and_take_each_once(committed: Cast) -> None:
    """City and county hold different locks: the tables' own constraints decide."""
    county, city = committed.committee("440606"), committed.committee("4406")
    officer, province = committed.county_440606, committed.actor("province")
    for kind, path, good in (("volunteers", ROSTER, 140), ("hours", HOURS, 276)):
        results = at_once(
            importing(kind, path, county, officer), importing(kind, path, city, province)
        )
        assert sum(result.accepted for result in results) == good
        assert all(result.accepted + len(result.refused) == result.rows for result in results)
    with as_owner():
        assert VolunteerIdentity.objects.count() == 140
        assert ServiceRecord.objects.count() == 276
