"""The finder: whom a few letters mean, best guess first, nobody from elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import person
from volunteers.desk.summary.people import find_people
from volunteers.registry.models import Volunteer, VolunteerState

NUMBER, PHONE = identity_number(12), "19900001111"
LEVELS = ("441802009", "441802", "4418", "44")


def found(actor: Actor, words: str, *, activity: str = "", limit: int = 8) -> list[str]:
    """Names in the order in which they are offered."""
    assert actor.committee is not None
    with acting_as(actor.scope):
        people, _more = find_people(words, below=actor.committee, activity=activity, limit=limit)
    return [each.name for each in people]


@pytest.mark.parametrize(
    "words",
    ["刘", "刘霞明", "霞明", "霞", "liu", "LiuXia", "liu xia", "lxm", "LX", "1111", "111",
     NUMBER[-4:], "刘1111", "霞明 1111", PHONE, "199 0000 1111", NUMBER, f"刘霞明 {PHONE}"],
)  # fmt: skip
def test_person_is_found_by_what_people_type(cast: Cast, words: str) -> None:
    volunteer = person(cast.committee("441802009"), "刘霞明", number=NUMBER, phone=PHONE)
    with as_owner():
        Volunteer.objects.filter(pk=volunteer.pk).update(number="1000000019")
    for actor in (cast.recorder_441802, cast.city_4418, cast.province):
        assert found(actor, words) == ["刘霞明"], words
        assert found(actor, "1000000019") == ["刘霞明"]


@pytest.mark.parametrize(
    "words",
    [
        "何",
        "何处人",
        "处人",
        "hcr",
        "hechu",
        "1111",
        PHONE,
        NUMBER,
        f"何处 {NUMBER}",
        f"何处人 {PHONE}",
    ],
)
def test_people_of_other_committees_are_not_found(cast: Cast, words: str) -> None:
    hidden = person(cast.committee("440606103"), "何处人", number=NUMBER, phone=PHONE)
    assert found(cast.recorder_441802, words) == []
    assert found(cast.recorder_441802, hidden.number) == []
    assert found(cast.county_440606, words) != [] or words.startswith("何处 "), "it could be found"


def test_visitor_is_named_by_whole_number_and_name_and_told_nothing_of(cast: Cast) -> None:
    hidden = person(cast.committee("440606103"), "何处人", number=NUMBER, phone=PHONE)
    committee = cast.committee("441802")
    with acting_as(cast.recorder_441802.scope):
        (visitor,), more = find_people(f"何处人 {NUMBER}", below=committee, limit=8)
    assert (visitor.visitor, visitor.number, more) == (True, hidden.number, False)
    assert (visitor.township, visitor.age, visitor.phone) == ("", None, "")


def test_who_served_lately_comes_first_and_in_the_activity_before_all(cast: Cast) -> None:
    here, county = cast.committee("441802009"), cast.committee("441802")
    never, served, patrolled, paused = (
        person(here, "张一"), person(here, "张二"), person(here, "张三"),
        person(here, "张四", state=VolunteerState.PAUSED),
    )  # fmt: skip
    person(here, "张五", state=VolunteerState.WITHDRAWN)
    with as_owner():
        sheet = HoursSheetFactory(committee=county)
        for each, title in ((served, "敬老院探访"), (patrolled, "巡河")):
            ServiceRecordFactory(
                volunteer=each, committee=county, sheet=sheet, activity_title=title
            )
    names = [each.name for each in (patrolled, served, never, paused)]
    assert found(cast.recorder_441802, "张", activity="巡河") == names


def test_eight_are_shown_and_it_is_said_that_there_are_more(cast: Cast) -> None:
    for n in range(9):
        person(cast.committee("441802009"), f"张{'一二三四五六七八九'[n]}")
    committee = cast.committee("441802")
    with acting_as(cast.recorder_441802.scope):
        people, more = find_people("张", below=committee, limit=8)
    assert (len(people), more) == (8, True)


def test_choice_shows_township_age_phone_and_last_service(cast: Cast) -> None:
    volunteer = person(
        cast.committee("441802009"), "刘霞明", phone=PHONE, birth_date=date(2000, 1, 1)
    )
    with as_owner():
        ServiceRecordFactory(volunteer=volunteer, served_on=date(2026, 4, 3))
        hidden = HoursSheetFactory(committee=cast.committee("440606"))
        ServiceRecordFactory(
            volunteer=volunteer,
            committee=cast.committee("440606"),
            sheet=hidden,
            served_on=date(2026, 5, 3),
        )
    with acting_as(cast.recorder_441802.scope):
        (shown,), _more = find_people("刘", below=cast.committee("441802"), limit=8)
    assert (shown.township, shown.phone) == ("横荷街道", "199****1111")
    assert shown.age == volunteer.age
    assert shown.last_served == date(2026, 4, 3), "what others recorded is theirs"


@pytest.mark.parametrize("words", ["", " ", "，", "12", "%", "_", "' OR 1=1", "\\", "🙂", "9" * 60])
def test_what_names_nobody_finds_nobody(cast: Cast, words: str) -> None:
    assert found(cast.recorder_441802, words) == []
