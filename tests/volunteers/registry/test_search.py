"""Finding people: by every path that works, and by none from another county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.crypto.masks import mask_identity_number, mask_phone
from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import TODAY, registered
from volunteers.registry.models import Volunteer
from volunteers.registry.queries import AgeBand
from volunteers.registry.summary import (
    Sought,
    hours_by_year,
    skills_in_use,
    sought_by,
    volunteers_matching,
)

# One whose check character is an X.
NUMBER = next(n for n in map(identity_number, range(1, 999)) if n.endswith("X"))
PHONE = "19900000077"
# What finds 欧阳娜娜, and she is the only one.
WAYS = [
    "欧阳娜娜",
    "欧阳",
    "欧",
    "ouyangnana",
    "ou yang",
    "OuYangN",
    "oynn",
    "oy",
    PHONE,
    "199 0000 0077",
    "+86-199-0000-0077",
    NUMBER,
    NUMBER.lower(),
    f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
    "9876543215",
]


@pytest.fixture
def nana(cast: Cast) -> Volunteer:
    return registered(
        cast.committee("441802103"),
        number=NUMBER,
        phone=PHONE,
        name="欧阳娜娜",
        phone_mask=mask_phone(PHONE),
        identity_mask=mask_identity_number(NUMBER),
    )


@pytest.fixture
def findable(nana: Volunteer) -> Volunteer:
    with as_owner():
        Volunteer.objects.filter(pk=nana.pk).update(number="9876543215")
    nana.number = "9876543215"
    return nana


def found(cast: Cast, name: str, words: str) -> list[str]:
    actor = cast.actor(name)
    with acting_as(actor.scope):
        people = volunteers_matching(words, below=actor.scope.committee).order_by("pk")
        return [person.name for person in people]


@pytest.mark.parametrize("words", WAYS)
@pytest.mark.parametrize("name", ["province", "city-4418", "county-441802"])
def test_box_finds_the_person_by_each_way(
    cast: Cast, findable: Volunteer, name: str, words: str
) -> None:
    assert found(cast, name, words) == ["欧阳娜娜"]


@pytest.mark.parametrize("words", WAYS)
@pytest.mark.parametrize("name", ["county-440606", "township-440606103"])
def test_no_way_finds_a_person_of_another_county(
    cast: Cast, findable: Volunteer, name: str, words: str
) -> None:
    assert found(cast, name, words) == []


@pytest.mark.parametrize(
    "words",
    [
        "娜娜",
        "nana",
        "yangnana",
        NUMBER[:17],
        NUMBER[-4:],
        PHONE[:10],
        "987654321",
        "欧阳娜娜娜",
        "%",
        "_",
    ],
)
def test_parts_of_numbers_and_middles_of_names_find_nobody(
    cast: Cast, findable: Volunteer, words: str
) -> None:
    assert found(cast, "county-441802", words) == []


def test_passport_is_found_by_its_number(cast: Cast) -> None:
    registered(cast.committee("441802009"), number="E1234567", name="Anna Sól")
    assert found(cast, "county-441802", "e1234567") == ["Anna Sól"]
    assert found(cast, "county-441802", "annas") == ["Anna Sól"]
    assert found(cast, "county-441802", "Anna Sól") == ["Anna Sól"]


def test_telephone_of_a_family_finds_all_of_it(cast: Cast) -> None:
    for sequence, name in ((1, "陈父"), (3, "陈小军")):
        registered(
            cast.committee("441802009"), number=identity_number(sequence), phone=PHONE, name=name
        )
    assert found(cast, "county-441802", PHONE) == ["陈父", "陈小军"]


@pytest.mark.parametrize(
    ("words", "taken_for"),
    [
        ("", Sought.NOTHING),
        (" -\u3000", Sought.NOTHING),
        ("刘", Sought.NAME),
        ("买买提·艾力", Sought.NAME),
        ("Sól", Sought.NAME),
        ("lx", Sought.SPELLING),
        ("xi'an", Sought.SPELLING),
        ("１９９００００００７７", Sought.NUMBER),
        ("+86 199", Sought.NUMBER),
        ("e1234567", Sought.NUMBER),
    ],
)
def test_words_are_taken_for_what_they_look_like(words: str, taken_for: Sought) -> None:
    assert sought_by(words) == taken_for


def test_foreign_identity_is_hidden_by_the_policy_alone(cast: Cast, findable: Volunteer) -> None:
    """Negative control: with the policies off, the same search finds her."""
    actor = cast.county_440606
    with acting_as(actor.scope):
        assert not Volunteer.objects.filter(name="欧阳娜娜").exists()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE volunteers_volunteer NO FORCE ROW LEVEL SECURITY")
            cursor.execute("ALTER TABLE volunteers_volunteer DISABLE ROW LEVEL SECURITY")
        assert Volunteer.objects.filter(name="欧阳娜娜").exists()


@pytest.mark.parametrize(
    ("band", "youngest", "oldest"),
    [
        (AgeBand.UNDER_14, date(2026, 5, 1), date(2012, 6, 2)),
        (AgeBand.YOUTH, date(2012, 6, 1), date(2008, 6, 2)),
        (AgeBand.YOUNG, date(2008, 6, 1), date(1990, 6, 2)),
        (AgeBand.MIDDLE, date(1990, 6, 1), date(1966, 6, 2)),
        (AgeBand.OLD, date(1966, 6, 1), date(1930, 1, 1)),
    ],
)
def test_age_bands_meet_on_the_birthday(
    cast: Cast, band: AgeBand, youngest: date, oldest: date
) -> None:
    with as_owner():
        for born in (youngest, oldest):
            VolunteerFactory(
                committee=cast.committee("441802009"),
                name=str(born),
                birth_date=born,
                registered_on=TODAY,
            )
    with acting_as(cast.county_441802.scope):
        people = Volunteer.objects.exclude(pk=cast.volunteer.pk)
        for each in AgeBand:
            names = {person.name for person in people.aged(each, TODAY)}
            assert names == ({str(youngest), str(oldest)} if each == band else set())


def test_skills_in_use_come_most_frequent_first(cast: Cast) -> None:
    with as_owner():
        township = cast.committee("441802009")
        VolunteerFactory(committee=township, skills=["急救", "摄影"])
        VolunteerFactory(committee=township, skills=["急救"])
        VolunteerFactory(committee=cast.committee("440606103"), skills=["游泳"])
    with acting_as(cast.county_441802.scope):
        path = cast.county_441802.scope.committee
        assert skills_in_use(path) == ["急救", "摄影"]
        assert Volunteer.objects.skilled("摄影").count() == 1


def test_hours_by_year_count_what_is_confirmed_in_the_scope(cast: Cast) -> None:
    with as_owner():
        for served_on, state, code in (
            (date(2025, 12, 31), "confirmed", "441802009"),
            (date(2026, 1, 1), "confirmed", "441802009"),
            (date(2026, 1, 2), "confirmed", "441802009"),
            (date(2026, 1, 3), "submitted", "441802009"),
            (date(2026, 1, 4), "confirmed", "440606103"),
        ):
            ServiceRecordFactory(
                volunteer=cast.volunteer,
                committee=cast.committee(code),
                served_on=served_on,
                state=state,
            )
    with acting_as(cast.county_441802.scope):
        years = hours_by_year(cast.volunteer)
    assert [(year.year, year.minutes, year.records) for year in years] == [
        (2026, 240, 2),
        (2025, 120, 1),
    ]


def addresses() -> dict[str, Callable[[str], str]]:
    return {
        "list": lambda words: f"{reverse('registry:volunteer-list')}?q={words}",
        "lookup": lambda words: f"{reverse('registry:volunteer-lookup')}?q={words}",
        "header": lambda words: f"{reverse('portal:search')}?q={words}",
        "api": lambda words: f"{reverse('api:volunteer-list')}?q={words}",
    }


@pytest.mark.parametrize("words", ["欧阳娜娜", "oynn", PHONE, NUMBER, "9876543215"])
@pytest.mark.parametrize("page", addresses())
def test_every_page_shows_her_to_her_county_and_to_no_other(
    cast: Cast, findable: Volunteer, browser_client: Client, page: str, words: str
) -> None:
    address = addresses()[page](words)
    own = log_in(browser_client, cast.county_441802).get(address)
    assert findable.phone_mask in _text(own)
    foreign = log_in(Client(), cast.county_440606).get(address)
    assert foreign.status_code == 200
    secrets = {
        findable.name,
        findable.number,
        findable.phone_mask,
        findable.identity_mask,
        "源潭",
        reverse("registry:volunteer-detail", args=[findable.number]),
    }
    # What was asked is shown again in the box.
    for secret in secrets - {words}:
        assert secret not in _text(foreign)


def _text(response: Any) -> str:
    return str(response.content.decode())
