"""Whatever people do in whatever order: places hold, nobody twice, the line keeps its order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.isolation.walk.engine import undone
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.signups.domain import (
    answer_offer,
    offer_places,
    remove_sign_up,
    sign_up,
    withdraw,
)
from volunteers.signups.models import STANDING, SignUp, SignUpState

PEOPLE, PLACES, RESERVE = 5, 1, 3
# Signing up stands for half of all: lines form, and are worked off.
VERBS = ["sign_up"] * 6 + ["withdraw", "take", "decline", "remove"]
WHO = st.integers(0, PEOPLE - 1)
ACTIONS = st.one_of(
    st.tuples(st.sampled_from(VERBS), WHO),
    # Hours go by, more than an offer stands at times; then free places are offered.
    st.tuples(st.just("wait"), st.sampled_from([0, 0, 1, 13])),
)


@dataclass(slots=True)
class Line:
    """What ought to be so: who has a place, who is offered one, who waits in which order."""

    placed: set[int] = field(default_factory=set)
    offered: set[int] = field(default_factory=set)
    waiting: list[int] = field(default_factory=list)

    def leave(self, who: int) -> None:
        """Out of each of the three."""
        self.placed.discard(who)
        self.offered.discard(who)
        if who in self.waiting:
            self.waiting.remove(who)


def standing(shift: Shift, who: Actor) -> SignUp | None:
    with as_owner():
        mine = SignUp.objects.filter(shift=shift, volunteer=who.scope.volunteer)
        return mine.filter(state__in=STANDING).first()


def act(shift: Shift, cast: Cast, people: Sequence[Actor], line: Line, what: str, n: int) -> None:
    """Does it, and notes in ``line`` what it ought to come to."""
    actor = people[n % PEOPLE]
    signup = standing(shift, actor)
    if what == "sign_up":
        with suppress(Refusal), acting_as(actor.scope):
            made = sign_up(shift, actor=actor)
            if signup is not None:
                assert made == signup, "asked twice, signed up once"
            elif made.state == SignUpState.PLACED:
                assert not line.waiting, "somebody waits for this place"
                line.placed.add(n)
            else:
                line.waiting.append(n)
    elif signup is None:
        return
    elif what == "remove":
        organiser = cast.recorder_441802
        with acting_as(organiser.scope):
            remove_sign_up(signup, actor=organiser, reason="重复报名")
            line.leave(n)
    else:
        with suppress(Refusal), acting_as(actor.scope):
            if what == "withdraw":
                withdraw(signup, actor=actor)
                line.leave(n)
            else:
                answer_offer(signup, actor=actor, taken=what == "take")
                line.leave(n)
                if what == "take":
                    line.placed.add(n)


def offer(shift: Shift, people: Sequence[Actor], line: Line) -> None:
    """Beat looks: who answered in time keeps the place, who did not is out, the first come next."""
    offer_places()
    now = states(shift, people)
    for who in [who for who in line.offered if who not in now]:
        line.leave(who)
    newly = [who for who in line.waiting if now.get(who) == SignUpState.OFFERED]
    assert newly == line.waiting[: len(newly)], "a place passed somebody in the line"
    for who in newly:
        line.leave(who)
        line.offered.add(who)
    is_full = len(line.placed | line.offered) == PLACES
    assert is_full or not line.waiting, "a place is free and somebody waits"


def states(shift: Shift, people: Sequence[Actor]) -> dict[int, str]:
    """The standing state by person; fails where somebody has two."""
    number = {actor.scope.volunteer: at for at, actor in enumerate(people)}
    with as_owner():
        rows = SignUp.objects.filter(shift=shift, state__in=STANDING).order_by("pk")
        found = [(number[row.volunteer_id], row.state) for row in rows]
    assert len(found) == len(dict(found)), "somebody stands twice"
    return dict(found)


def compare(shift: Shift, people: Sequence[Actor], line: Line) -> None:
    """What stands in the database is what ought to be."""
    now = states(shift, people)
    by_state = {state: [who for who, each in now.items() if each == state] for state in SignUpState}
    assert set(by_state[SignUpState.PLACED]) == line.placed
    assert set(by_state[SignUpState.OFFERED]) == line.offered
    assert by_state[SignUpState.WAITING] == line.waiting
    with as_owner():
        shift = Shift.objects.get(pk=shift.pk)
    assert shift.taken == len(line.placed) + len(line.offered) <= PLACES
    assert shift.waiting == len(line.waiting) <= RESERVE


@pytest.mark.django_db
def test_any_sequence_keeps_the_places_and_the_order(cast: Cast) -> None:
    shift = call(cast, places=PLACES, reserve=RESERVE, days=60)
    people = [another(cast) for _ in range(PEOPLE)]
    begin = timezone.now()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(ACTIONS, min_size=15, max_size=40))
    def run(actions: list[tuple[str, int]]) -> None:
        line = Line()
        hours = 0
        with undone():
            for what, number in actions:
                hours += number if what == "wait" else 0
                with time_machine.travel(begin + timedelta(hours=hours), tick=False):
                    if what == "wait":
                        offer(shift, people, line)
                    else:
                        act(shift, cast, people, line, what, number)
                    compare(shift, people, line)

    run()
