"""Changes of many while somebody else is at the same entries: nothing is written over."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core.jobs.errors import JobFailed
from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.bulk.conftest import outcomes, silent
from tests.volunteers.hours.races import race
from volunteers.bulk.domain import (
    Choice,
    apply_bulk,
    order_bulk,
    preview_bulk,
    undo_bulk,
    wanted_given,
)
from volunteers.bulk.models import BulkChange, BulkKind
from volunteers.registry.domain import withdraw_volunteer
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)


def ordered(people: list[Volunteer], kind: BulkKind, *, actor: Actor) -> BulkChange:
    """Agreed to, and not done yet."""
    with acting_as(actor.scope):
        wanted = wanted_given(actor=actor, kind=kind, reason="毕业离校")
        choice = Choice(below=actor.scope.committee, numbers=[each.number for each in people])
        digest = preview_bulk(choice, wanted, actor=actor).digest
        return order_bulk(choice, wanted, digest=digest, nonce=uuid4(), actor=actor)


def states(people: list[Volunteer]) -> list[str]:
    with as_owner():
        found = dict(Volunteer.objects.values_list("pk", "state"))
    return [found[each.pk] for each in people]


def two(cast: Cast) -> list[Volunteer]:
    with as_owner():
        return VolunteerFactory.create_batch(2, committee=cast.committee("441802009"))


def test_who_left_meanwhile_is_left_out_of_the_change(cast: Cast) -> None:
    people = two(cast)
    officer, colleague = cast.county_441802, cast.recorder_441802
    change = ordered(people, BulkKind.PAUSE, actor=officer)

    def withdraw() -> object:
        person = Volunteer.objects.get(pk=people[0].pk)
        return withdraw_volunteer(person, actor=colleague, reason="本人申请")

    def pause() -> object:
        return apply_bulk(BulkChange.objects.get(), actor=officer, progress=silent)

    race(colleague, withdraw, officer, pause)
    assert states(people) == ["withdrawn", "paused"]
    assert outcomes(change) == {people[0].number: "left withdrawn", people[1].number: "done"}


def test_two_changes_of_the_same_people_follow_each_other(cast: Cast) -> None:
    people = two(cast)
    officer, above = cast.county_441802, cast.city_4418
    pause = ordered(people, BulkKind.PAUSE, actor=officer)
    leave = ordered(people, BulkKind.WITHDRAW, actor=above)
    race(
        officer,
        lambda: apply_bulk(BulkChange.objects.get(pk=pause.pk), actor=officer, progress=silent),
        above,
        lambda: apply_bulk(BulkChange.objects.get(pk=leave.pk), actor=above, progress=silent),
    )
    assert states(people) == ["withdrawn", "withdrawn"]
    assert set(outcomes(pause).values()) == set(outcomes(leave).values()) == {"done"}
    # What was changed since is not taken back by the earlier change's undoing.
    with acting_as(officer.scope):
        undo_bulk(BulkChange.objects.get(pk=pause.pk), actor=officer, progress=silent)
    assert states(people) == ["withdrawn", "withdrawn"]
    assert set(outcomes(pause).values()) == {"kept changed_since"}
    with acting_as(above.scope):
        undo_bulk(BulkChange.objects.get(pk=leave.pk), actor=above, progress=silent)
    assert states(people) == ["paused", "paused"]


def test_change_asked_for_twice_at_once_is_done_once(cast: Cast) -> None:
    people = two(cast)
    officer = cast.county_441802
    change = ordered(people, BulkKind.PAUSE, actor=officer)

    def act() -> object:
        return apply_bulk(BulkChange.objects.get(), actor=officer, progress=silent)

    with pytest.raises(JobFailed):
        race(officer, act, officer, act)
    assert states(people) == ["paused", "paused"]
    assert set(outcomes(change).values()) == {"done"}
