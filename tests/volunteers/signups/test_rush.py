"""Two hundred come at once for fifty places."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor, actor_of_volunteer
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerFactory
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Shift
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

_PEOPLE, _PLACES, _HANDS = 200, 50, 20


@pytest.mark.django_db(transaction=True)
def test_places_hold_and_the_rest_wait_in_order(cast: Cast) -> None:
    shift = call(cast, places=_PLACES, reserve=_PEOPLE)
    with as_owner():
        township = cast.committee("441802009")
        people = VolunteerFactory.create_batch(_PEOPLE, committee=township)
        actors = [actor_of_volunteer(UserFactory(volunteer_id=each.pk)) for each in people]

    def ask_all(mine: list[Actor]) -> list[tuple[int, str]]:
        try:
            return [_asked(shift, actor) for actor in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(_HANDS) as hands:
        parts = hands.map(ask_all, [actors[hand::_HANDS] for hand in range(_HANDS)])
        answered = sorted(each for part in parts for each in part)
    states = [state for _pk, state in answered]
    assert states == ["placed"] * _PLACES + ["waiting"] * (_PEOPLE - _PLACES)
    with as_owner():
        found = Shift.objects.get(pk=shift.pk)
        assert (found.taken, found.waiting) == (_PLACES, _PEOPLE - _PLACES)
        assert SignUp.objects.values("volunteer").distinct().count() == _PEOPLE


def _asked(shift: Shift, actor: Actor) -> tuple[int, str]:
    with acting_as(actor.scope):
        signup = sign_up(shift, actor=actor)
    return signup.pk, signup.state
