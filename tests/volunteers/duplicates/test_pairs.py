"""Probable duplicates are found in the background, listed once, and dismissed for good."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from volunteers.duplicates.domain import dismiss_pair, find_duplicates
from volunteers.duplicates.models import DuplicatePair
from volunteers.registry.models import Volunteer

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
