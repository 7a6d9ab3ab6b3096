"""Probable duplicates are found in the background, listed once, and dismissed for good."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from volunteers.duplicates.domain import answer_clash, dismiss_pair, find_duplicates
from volunteers.duplicates.models import ClashNotice, ClashOutcome, DuplicatePair
from volunteers.registry.models import Volunteer, VolunteerIdentity

HERE, NEAR, FAR = "441802009", "441802103", "440606103"
LIST = reverse("duplicates:pair-list")


def person(cast: Cast, code: str, name: str, born: date, phone: str) -> Volunteer:
    with as_owner():
        made: Volunteer = VolunteerFactory(
            committee=cast.committee(code), name=name, birth_date=born
        )
        VolunteerIdentityFactory(volunteer=made, phone=phone)
    return made


@pytest.fixture
def twins(cast: Cast) -> tuple[Volunteer, Volunteer]:
    """The same name and birth date in two townships, with two telephones."""
    born = date(1990, 2, 3)
    return (
        person(cast, HERE, "欧阳小雨", born, "19900007001"),
        person(cast, NEAR, "欧阳小雨", born, "19900007002"),
    )


def open_pairs() -> set[tuple[int, int, str]]:
    with as_owner():
        return set(DuplicatePair.objects.open().values_list("first_id", "second_id", "why"))


def test_same_name_and_birth_date_is_found_once(
    cast: Cast, twins: tuple[Volunteer, Volunteer]
) -> None:
    assert find_duplicates() == 1
    assert open_pairs() == {(twins[0].pk, twins[1].pk, "birth")}
    assert find_duplicates() == 0


def test_same_telephone_needs_a_name_that_sounds_the_same(cast: Cast) -> None:
    first = person(cast, HERE, "陈晓燕", date(1980, 1, 1), "19900007003")
    second = person(cast, HERE, "陈小燕", date(1981, 1, 1), "19900007003")
    person(cast, HERE, "陈小军", date(2010, 1, 1), "19900007003")
    find_duplicates()
    assert open_pairs() == {(first.pk, second.pk, "phone")}


def test_same_person_of_two_cities_is_no_pair_of_a_county(
    cast: Cast, twins: tuple[Volunteer, Volunteer]
) -> None:
    person(cast, FAR, "欧阳小雨", date(1990, 2, 3), "19900007004")
    assert find_duplicates() == 1


def test_dismissed_pair_is_not_found_again(cast: Cast, twins: tuple[Volunteer, Volunteer]) -> None:
    find_duplicates()
    actor = cast.county_441802
    with acting_as(actor.scope):
        pair = DuplicatePair.objects.get()
        with pytest.raises(Refusal):
            dismiss_pair(pair, actor=actor, reason="")
        dismiss_pair(pair, actor=actor, reason="同名同日生，证件不同")
    assert find_duplicates() == 0
    assert open_pairs() == set()


def test_list_is_for_who_has_rights_on_both(
    cast: Cast, twins: tuple[Volunteer, Volunteer], browser_client: Client
) -> None:
    find_duplicates()
    for actor, sees in ((cast.county_441802, True), (cast.county_440606, False)):
        text = log_in(browser_client, actor).get(LIST).content.decode()
        assert (twins[0].number in text) is sees
        assert (twins[1].number in text) is sees


@pytest.fixture
def apart(cast: Cast) -> tuple[Volunteer, Volunteer]:
    """One name and one telephone in two cities."""
    born = date(1990, 2, 3)
    return (
        person(cast, HERE, "欧阳小雨", born, "19900007009"),
        person(cast, FAR, "欧阳小雨", born, "19900007009"),
    )


def notice_of(volunteer: Volunteer) -> ClashNotice:
    with as_owner():
        return ClashNotice.objects.get(volunteer=volunteer)


def said(notice: ClashNotice, actor: Actor, outcome: str) -> None:
    with acting_as(actor.scope):
        answer_clash(notice, actor=actor, outcome=ClashOutcome(outcome), address_of=str)


def test_double_of_two_counties_is_asked_of_both_and_told_to_neither(
    cast: Cast, apart: tuple[Volunteer, Volunteer]
) -> None:
    assert find_duplicates() == 1
    assert find_duplicates() == 0
    clashes = reverse("duplicates:clash-list")
    for actor, own, other in (
        (cast.county_441802, apart[0], apart[1]),
        (cast.county_440606, apart[1], apart[0]),
    ):
        page = log_in(Client(), actor).get(clashes).content.decode()
        assert own.number in page
        assert other.number not in page
        assert other.committee.name not in page
        with acting_as(actor.scope):
            assert not DuplicatePair.objects.exists()
    assert apart[0].number in log_in(Client(), cast.province).get(LIST).content.decode()


def test_double_is_settled_by_two_committees_or_by_the_person(
    cast: Cast, apart: tuple[Volunteer, Volunteer]
) -> None:
    find_duplicates()
    said(notice_of(apart[0]), cast.county_441802, "two")
    assert len(open_pairs()) == 1
    said(notice_of(apart[1]), cast.county_440606, "two")
    assert open_pairs() == set()


def test_who_says_one_person_leaves_it_to_the_committee_above(
    cast: Cast, apart: tuple[Volunteer, Volunteer]
) -> None:
    find_duplicates()
    said(notice_of(apart[0]), cast.county_441802, "same")
    page = log_in(Client(), cast.province).get(LIST).content.decode()
    assert "同一人，重复登记" in page
    with pytest.raises(Refusal) as refused:
        said(notice_of(apart[1]), cast.county_440606, "transfer")
    assert refused.value.code == "other_words"


def test_two_cards_are_two_people_and_a_card_and_a_permit_may_be_one(cast: Cast) -> None:
    born = date(1990, 2, 3)
    first = person(cast, HERE, "欧阳小雨", born, "19900007010")
    second = person(cast, FAR, "欧阳小雨", born, "19900007011")
    assert find_duplicates() == 0
    with as_owner():
        VolunteerIdentity.objects.filter(pk=second.pk).update(document_kind="residence_permit")
        Volunteer.objects.filter(pk=second.pk).update(gender=first.gender)
    assert find_duplicates() == 1
    assert open_pairs() == {(first.pk, second.pk, "paper")}


def test_two_people_without_a_reason_are_asked_for_it_where_it_is_typed(
    cast: Cast, twins: tuple[Volunteer, Volunteer], browser_client: Client
) -> None:
    find_duplicates()
    with as_owner():
        pair = DuplicatePair.objects.get()
    office = log_in(browser_client, cast.county_441802)
    address = reverse("duplicates:pair-dismiss", args=[pair.pk])
    asked = office.post(address, {"reason": " "})
    assert (asked.status_code, asked.context["refused"].about) == (422, pair.pk)
    assert office.post(address, {"reason": "两张证件"}).status_code == 302
