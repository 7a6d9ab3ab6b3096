"""Many hands at one moment: no time is recorded twice, and no row is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.desk.arranging import common, save, typed
from tests.volunteers.hours.races import race
from volunteers.desk.domain import Submission, begin_draft, submit_rows
from volunteers.desk.models import Draft, RowState
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")
PEOPLE, HANDS = 4, 20


def _at_once(actor: Actor, acts: list[Callable[[], T]]) -> list[T]:
    """What each got, on a thread and a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        start.wait(30)
        try:
            with acting_as(actor.scope):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_twenty_who_submit_the_same_hours_get_one_record_and_plain_refusals(cast: Cast) -> None:
    actor = cast.recorder_441802
    with as_owner():
        people = VolunteerFactory.create_batch(PEOPLE, committee=cast.committee("441802009"))
    drafts = []
    with acting_as(actor.scope):
        for hand in range(HANDS):
            # Everybody in an order of their own, and a quarter of an hour apart.
            rows = [
                typed("", volunteer=people[(hand + n) % PEOPLE].number, position=n)
                for n in range(PEOPLE)
            ]
            draft = begin_draft(actor=actor)
            start = f"{8 + hand % 4 // 2}:{hand % 2 * 15:02d}"
            drafts.append(save(draft, actor, *rows, shared=common(start=start, end="17:00")).draft)

    def submission(draft: Draft) -> Callable[[], Submission]:
        return lambda: submit_rows(draft, actor=actor)

    done = _at_once(actor, [submission(draft) for draft in drafts])
    with acting_as(actor.scope):
        assert ServiceRecord.objects.standing().count() == PEOPLE
        assert sum(each.submitted for each in done) == PEOPLE
    refused = [row for each in done for row in each.refused]
    assert len(refused) == HANDS * PEOPLE - PEOPLE
    assert {row.state for row in refused} == {RowState.REFUSED}
    assert {row.fault["code"] for row in refused if row.fault} <= {
        "overlaps_record",
        "already_recorded",
        "not_taken",
    }


def test_two_windows_that_save_at_one_moment_lose_nothing(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        draft = begin_draft(actor=actor)
    mine, theirs = typed("甲", position=1), typed("乙", position=2)
    race(
        actor,
        lambda: save(draft, actor, mine),
        actor,
        lambda: save(draft, actor, theirs),
    )
    with acting_as(actor.scope):
        rows = list(draft.rows.standing())
        assert [row.person for row in rows] == ["甲", "乙"]
        assert rows[0].typed_revision != rows[1].typed_revision
