"""Any sequence of transfers conserves every total: hours stay, people are counted once."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.isolation.walk.engine import undone
from tests.volunteers.totals.recount import (
    hours_from_records,
    kept_hours,
    kept_registry,
    registry_from_volunteers,
)
from volunteers.own.summary import own_hours
from volunteers.registry.models import Volunteer
from volunteers.totals.domain import recount_dirty_months
from volunteers.transfers.domain import agree_transfer, ask_transfer, refuse_transfer

PLACES = ("441802009", "441802103", "441881", "440606103")
HEADS = {"441802": "county-441802", "440606": "county-440606"}
SERVED = count(0)

# Who (of two), to where, and whether the receiving committee agrees.
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(PLACES), st.booleans()), min_size=1, max_size=6
)


def head_of(cast: Cast, code: str) -> str:
    return HEADS.get(code[:6], "city-4418")


def move(cast: Cast, person: Volunteer, to: str, *, agrees: bool) -> None:
    """As far as the rules let it."""
    with as_owner():
        person.refresh_from_db()
        here = person.committee.code
    asking, answering = cast.actor(head_of(cast, here)), cast.actor(head_of(cast, to))
    with acting_as(asking.scope):
        try:
            transfer = ask_transfer(
                person.pk, actor=asking, destination=to, reason="搬家", address_of=str
            )
        except Refusal:
            return
    with acting_as(answering.scope):
        if agrees:
            agree_transfer(transfer, actor=answering)
        else:
            refuse_transfer(transfer, actor=answering, reason="不在我镇居住")


def minutes_of(people: list[Volunteer]) -> list[int]:
    with as_owner():
        return [own_hours(person.pk).total for person in people]


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=STEPS,
    served=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(PLACES)), min_size=1, max_size=4),
)
def test_totals_are_conserved(
    cast: Cast, steps: list[tuple[int, str, bool]], served: list[tuple[int, str]]
) -> None:
    with undone():
        with as_owner():
            people: list[Volunteer] = [
                VolunteerFactory(committee=cast.committee(code)) for code in PLACES[:2]
            ]
            for who, where in served:
                ServiceRecordFactory(
                    volunteer=people[who],
                    committee=cast.committee(where),
                    served_on=date(2026, 1, 1 + next(SERVED) % 28),
                    during=None,
                )
        recount_dirty_months()
        hours, registered, own = kept_hours(), kept_registry(), minutes_of(people)
        for who, to, agrees in steps:
            move(cast, people[who], to, agrees=agrees)
        recount_dirty_months()
        assert kept_hours() == hours == hours_from_records()
        assert minutes_of(people) == own
        after = kept_registry()
        assert after == registry_from_volunteers()
        province = cast.committee("44").path
        assert {key: n for key, n in after.items() if key[0] == province} == {
            key: n for key, n in registered.items() if key[0] == province
        }
