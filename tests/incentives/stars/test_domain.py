"""Stars follow confirmed hours exactly; what was granted is taken away by a person only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from incentives.stars.domain import approve_stars, decide_star, recount_stars
from incentives.stars.models import StarAward, StarDue
from incentives.stars.rules import RUNGS
from incentives.stars.summary import standing_of
from organizations.accounts.actors import Actor
from organizations.rules.models import RuleValue
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.incentives.arranging import served
from volunteers.hours.domain import void_hours
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db
HOUR = 60
LADDER = (1, 3, 6, 10, 15)


@pytest.fixture(autouse=True)
def ladder(cast: Cast) -> None:
    """The province asks for a hundredth of the usual hours: a day has only 24."""
    with as_owner():
        RuleValue.objects.bulk_create(
            RuleValue(
                committee=cast.committee("44"),
                key=rung.key,
                value=hours,
                effective_from=date(2020, 1, 1),
                reason="省定",
                set_by_label="书记",
            )
            for rung, hours in zip(RUNGS, LADDER, strict=True)
        )


def states(person: Volunteer) -> list[tuple[int, str]]:
    with as_owner():
        rows = StarAward.objects.filter(volunteer=person).order_by("stars", "pk")
        return list(rows.values_list("stars", "state"))


def void(record: ServiceRecord, actor: Actor) -> None:
    with acting_as(actor.scope):
        void_hours(ServiceRecord.objects.filter(pk=record.pk), actor=actor, reason="重复录入")


def test_rung_is_proposed_when_its_hours_are_confirmed(cast: Cast) -> None:
    served(cast.volunteer, 59)
    served(cast.volunteer, 5 * HOUR, state="submitted")
    recount_stars()
    assert states(cast.volunteer) == []
    served(cast.volunteer, 1)
    recount_stars()
    assert states(cast.volunteer) == [(1, "reached")]
    with as_owner():
        assert not StarDue.objects.exists()


def test_hours_before_the_registration_do_not_count(cast: Cast) -> None:
    served(cast.volunteer, 2 * HOUR, on=cast.volunteer.registered_on - timedelta(days=1))
    recount_stars()
    assert states(cast.volunteer) == []
    served(cast.volunteer, 3 * HOUR, on=cast.volunteer.registered_on)
    recount_stars()
    assert states(cast.volunteer) == [(1, "reached"), (2, "reached")]


def test_ladder_begins_at_a_hundred_hours(cast: Cast) -> None:
    """Where the province says nothing."""
    with as_owner():
        RuleValue.objects.all().delete()
    served(cast.volunteer, 10 * HOUR)
    recount_stars()
    assert states(cast.volunteer) == []
    with acting_as(cast.person.scope):
        standing = standing_of(cast.volunteer.pk)
    assert (standing.stars, standing.next_star, standing.missing_hours) == (0, 1, "90.0")


def test_reached_rung_goes_with_its_hours_and_nobody_had_it(cast: Cast) -> None:
    record = served(cast.volunteer, HOUR)
    recount_stars()
    void(record, cast.county_441802)
    recount_stars()
    assert states(cast.volunteer) == []


def test_granted_star_stays_in_doubt_until_somebody_decides(cast: Cast) -> None:
    secretary, person = cast.county_441802, cast.volunteer
    record = served(person, HOUR)
    recount_stars()
    with acting_as(secretary.scope):
        assert approve_stars([StarAward.objects.get().pk], actor=secretary) == 1
    void(record, secretary)
    recount_stars()
    assert states(person) == [(1, "doubted")]
    with acting_as(cast.person.scope):
        assert standing_of(person.pk).stars == 1, "still the person's"
    with acting_as(secretary.scope), pytest.raises(Refusal) as unreasoned:
        decide_star(StarAward.objects.get(), actor=secretary, holds=False, reason=" ")
    assert unreasoned.value.code == "reason_missing"
    with acting_as(secretary.scope):
        decide_star(StarAward.objects.get(), actor=secretary, holds=False, reason="时长作废")
    assert states(person) == [(1, "withdrawn")]
    recount_stars()
    assert states(person) == [(1, "withdrawn")]


def test_star_in_doubt_is_whole_again_with_its_hours(cast: Cast) -> None:
    secretary, person = cast.county_441802, cast.volunteer
    record = served(person, HOUR)
    recount_stars()
    with acting_as(secretary.scope):
        approve_stars([StarAward.objects.get().pk], actor=secretary)
    void(record, secretary)
    recount_stars()
    served(person, HOUR)
    recount_stars()
    assert states(person) == [(1, "granted")]


def test_refused_rung_is_proposed_again_only_with_more_hours(cast: Cast) -> None:
    secretary, person = cast.county_441802, cast.volunteer
    served(person, HOUR)
    recount_stars()
    with acting_as(secretary.scope):
        decide_star(StarAward.objects.get(), actor=secretary, holds=False, reason="核实中")
    served(person, 1, state="submitted")
    recount_stars()
    assert states(person) == [(1, "withdrawn")]
    served(person, 1)
    recount_stars()
    assert states(person) == [(1, "withdrawn"), (1, "reached")]


def test_level_of_the_rung_decides_and_levels_above_it(cast: Cast) -> None:
    with as_owner():
        StarAward.objects.create(
            committee=cast.volunteer.committee, volunteer=cast.volunteer, stars=4, state="reached",
            minutes=60_000, needed=60_000, approval_tier=2,
        )  # fmt: skip
    county, city = cast.county_441802, cast.city_4418
    with acting_as(county.scope):
        award = StarAward.objects.get()
        assert approve_stars([award.pk], actor=county) == 0
        with pytest.raises(PermissionDenied):
            decide_star(award, actor=county, holds=True, reason="")
    with acting_as(city.scope):
        assert approve_stars([award.pk], actor=city) == 1
    with acting_as(city.scope), pytest.raises(Refusal) as again:
        decide_star(award, actor=city, holds=True, reason="")
    assert again.value.code == "decided"


def test_nobody_decides_about_the_own_stars(cast: Cast) -> None:
    secretary = cast.county_441802
    served(cast.volunteer, HOUR)
    recount_stars()
    assert secretary.user is not None
    secretary.user.volunteer_id = cast.volunteer.pk
    with acting_as(secretary.scope):
        award = StarAward.objects.get()
        assert approve_stars([award.pk], actor=secretary) == 0
        with pytest.raises(Refusal) as own:
            decide_star(award, actor=secretary, holds=True, reason="")
    assert own.value.code == "own"


def test_without_the_trigger_nobody_would_know(cast: Cast) -> None:
    """The control: hours that leave no mark bring no star."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE volunteers_servicerecord DISABLE TRIGGER stars_due_insert")
    served(cast.volunteer, HOUR)
    recount_stars()
    assert states(cast.volunteer) == []


# What happens to one volunteer's hours: so many confirmed hours more, or a record made void.
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("serve"), st.integers(min_value=1, max_value=8)),
        st.tuples(st.just("void"), st.integers(min_value=0, max_value=9)),
        st.tuples(st.just("grant"), st.just(0)),
        st.tuples(st.just("recount"), st.just(0)),
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=_STEPS)
def test_stars_equal_a_recount_after_any_sequence(cast: Cast, steps: list[tuple[str, int]]) -> None:
    secretary = cast.county_441802
    with as_owner():
        person = VolunteerFactory(committee=cast.committee("441802009"))
    standing: list[ServiceRecord] = []
    granted: set[int] = set()
    for step, figure in steps:
        if step == "serve":
            standing.append(served(person, figure * HOUR))
        elif step == "void" and standing:
            void(standing.pop(figure % len(standing)), secretary)
        elif step == "grant":
            with acting_as(secretary.scope):
                mine = StarAward.objects.filter(volunteer=person, approval_tier__gte=3)
                approve_stars(mine.values_list("pk", flat=True), actor=secretary)
            with as_owner():
                held = StarAward.objects.filter(volunteer=person, state="granted")
                granted |= set(held.values_list("stars", flat=True))
        else:
            recount_stars()
    recount_stars()
    minutes = sum(each.minutes for each in standing)
    covered = {stars for stars, hours in enumerate(LADDER, 1) if minutes >= HOUR * hours}
    expected = {stars: "granted" if stars in granted else "reached" for stars in covered}
    expected |= dict.fromkeys(granted - covered, "doubted")
    assert dict(states(person)) == expected
