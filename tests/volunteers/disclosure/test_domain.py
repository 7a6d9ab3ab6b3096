"""Access to full data for a time: asked, approved by another, logged, over when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_membership
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import (
    HoursSheetFactory,
    MembershipFactory,
    ServiceRecordFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from volunteers.disclosure.domain import (
    answer_disclosure,
    ask_for_person,
    ask_for_sheet,
    end_disclosure,
    look_at_disclosed,
)
from volunteers.disclosure.models import Disclosure, DisclosureLook, DisclosureState, Duration
from volunteers.hours.models import HoursSheet
from volunteers.registry.models import IdentityReveal, Volunteer

PHONE = "19900000123"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with time_machine.travel("2026-06-01T10:00:00+08:00"), override("en"):
        yield


@pytest.fixture
def officer(cast: Cast) -> Actor:
    """A head of the county beside its secretary."""
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    return actor_of_membership(membership)


def minor(cast: Cast, code: str = "441802009", **fields: object) -> Volunteer:
    with as_owner():
        person: Volunteer = VolunteerFactory(
            committee=cast.committee(code), birth_date=date(2012, 4, 1), **fields
        )
        VolunteerIdentityFactory(volunteer=person, phone=PHONE)
    return person


@pytest.fixture
def child(cast: Cast) -> Volunteer:
    return minor(cast, name="陈小军")


def ask(child: Volunteer, actor: Actor, hours: Duration = Duration.WORKDAY) -> Disclosure:
    with acting_as(actor.scope):
        return ask_for_person(child, actor=actor, reason="办理保险", hours=hours)


def opened(cast: Cast, child: Volunteer, actor: Actor) -> Disclosure:
    asked = ask(child, actor)
    with acting_as(cast.county_441802.scope):
        return answer_disclosure(asked, approved=True, actor=cast.county_441802)


def refused_code(disclosure: Disclosure, actor: Actor) -> str:
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        look_at_disclosed(disclosure, actor=actor)
    return refused.value.code


def test_approved_access_shows_all_numbers_and_the_person_sees_each_look(
    cast: Cast, officer: Actor
) -> None:
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(birth_date=date(2012, 4, 1))
        VolunteerIdentityFactory(volunteer=cast.volunteer, phone=PHONE)
    disclosure = opened(cast, cast.volunteer, officer)
    with acting_as(officer.scope):
        looked = [look_at_disclosed(disclosure, actor=officer) for _time in range(2)]
        assert [[each.phone for each in look] for look in looked] == [[PHONE], [PHONE]]
        assert list(DisclosureLook.objects.values_list("people", flat=True)) == [1, 1]
    with acting_as(cast.person.scope):
        looks = list(IdentityReveal.objects.all())
    assert [(look.field, look.reason, look.user_label) for look in looks] == [
        ("all", "办理保险", officer.label)
    ] * 2


def test_nothing_is_shown_before_the_approval(child: Volunteer, officer: Actor) -> None:
    assert refused_code(ask(child, officer), officer) == "not_open"
    with acting_as(officer.scope):
        assert not IdentityReveal.objects.exists()


def test_access_is_over_when_its_time_is(cast: Cast, child: Volunteer, officer: Actor) -> None:
    disclosure = opened(cast, child, officer)
    with time_machine.travel(timezone.now() + timedelta(hours=8)):
        assert refused_code(disclosure, officer) == "not_open"
        assert ask(child, officer).state == DisclosureState.ASKED


def test_access_is_for_who_asked_alone(cast: Cast, child: Volunteer, officer: Actor) -> None:
    assert refused_code(opened(cast, child, officer), cast.county_441802) == "not_yours"


def test_nobody_approves_the_own_request(cast: Cast, child: Volunteer) -> None:
    actor = cast.county_441802
    asked = ask(child, actor)
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refused:
            answer_disclosure(asked, approved=True, actor=actor)
        assert refused.value.code == "own_request"
        # The database holds it too, whatever the verb says.
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            Disclosure.objects.filter(pk=asked.pk).update(answered_by=actor.user)


def test_only_a_secretary_within_reach_answers(
    cast: Cast, child: Volunteer, officer: Actor
) -> None:
    asked = ask(child, cast.county_441802)
    with acting_as(officer.scope), pytest.raises(PermissionDenied):
        answer_disclosure(asked, approved=True, actor=officer)
    other = cast.county_440606
    with acting_as(other.scope), pytest.raises(Disclosure.DoesNotExist):
        answer_disclosure(asked, approved=True, actor=other)


def test_declined_is_answered_for_good(cast: Cast, child: Volunteer, officer: Actor) -> None:
    asked = ask(child, officer)
    with acting_as(cast.county_441802.scope):
        answer_disclosure(asked, approved=False, actor=cast.county_441802, reason="本月无此工作")
        with pytest.raises(Refusal) as refused:
            answer_disclosure(asked, approved=True, actor=cast.county_441802)
    assert refused.value.code == "already_answered"
    assert refused_code(asked, officer) == "not_open"


@pytest.mark.parametrize("who", ["officer", "secretary"])
def test_asker_or_a_secretary_ends_it_early(
    cast: Cast, child: Volunteer, officer: Actor, who: str
) -> None:
    disclosure = opened(cast, child, officer)
    actor = officer if who == "officer" else cast.county_441802
    with acting_as(actor.scope):
        assert end_disclosure(disclosure, actor=actor).state == DisclosureState.ENDED
    assert refused_code(disclosure, officer) == "not_open"


def test_sheet_opens_its_minors_and_nobody_else(cast: Cast, officer: Actor) -> None:
    children = [minor(cast, name="陈小军"), minor(cast, name="李小红")]
    stranger = minor(cast, "440606103", name="外县人")
    sheet = sheet_with(cast, *children, stranger, cast.volunteer)
    with acting_as(officer.scope):
        asked = ask_for_sheet(sheet, actor=officer, reason="办理保险", hours=Duration.HOUR)
        assert asked.people == 2
    with acting_as(cast.county_441802.scope):
        answer_disclosure(asked, approved=True, actor=cast.county_441802)
    with acting_as(officer.scope):
        seen = {each.volunteer.name for each in look_at_disclosed(asked, actor=officer)}
    assert seen == {"陈小军", "李小红"}


def test_who_moved_away_is_not_shown_any_more(cast: Cast, child: Volunteer, officer: Actor) -> None:
    disclosure = opened(cast, child, officer)
    with as_owner():
        elsewhere = cast.committee("440606103")
        Volunteer.objects.filter(pk=child.pk).update(committee=elsewhere)
    with acting_as(officer.scope):
        assert look_at_disclosed(disclosure, actor=officer) == []


def test_sheet_without_minors_needs_no_access(cast: Cast, officer: Actor) -> None:
    sheet = sheet_with(cast, cast.volunteer)
    with acting_as(officer.scope), pytest.raises(Refusal) as refused:
        ask_for_sheet(sheet, actor=officer, reason="办理保险", hours=Duration.HOUR)
    assert refused.value.code == "no_minors"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM volunteers_disclosure",
        "UPDATE volunteers_disclosurelook SET people = 0",
        "DELETE FROM volunteers_disclosurelook",
        "DELETE FROM volunteers_disclosedperson",
    ],
)
def test_log_only_grows(cast: Cast, statement: str) -> None:
    with (
        acting_as(cast.county_441802.scope),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def sheet_with(cast: Cast, *people: Volunteer) -> HoursSheet:
    with as_owner():
        sheet: HoursSheet = HoursSheetFactory(committee=cast.committee("441802009"))
        for person in people:
            ServiceRecordFactory(volunteer=person, committee=sheet.committee, sheet=sheet)
    return sheet
