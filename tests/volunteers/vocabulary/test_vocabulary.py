"""The province's words, who has which, and finding people by them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import Wanted, half_days, people_able, words_of
from volunteers.vocabulary.domain import (
    add_term,
    match_skills,
    rename_term,
    retire_term,
    set_terms,
)
from volunteers.vocabulary.models import MOST_SKILLS, Term, TermKind, VolunteerTerm

SATURDAY = date(2026, 6, 6)


def term(name: str, kind: str = "skill") -> Term:
    return Term.objects.get(kind=kind, name=name)


def give(person: Volunteer, *terms: Term, until: date | None = None) -> None:
    with as_owner():
        VolunteerTerm.objects.bulk_create(
            VolunteerTerm(
                volunteer=person, committee_id=person.committee_id, term=each, valid_until=until
            )
            for each in terms
        )


def someone(cast: Cast, code: str, **fields: object) -> Volunteer:
    with as_owner():
        person: Volunteer = VolunteerFactory(committee=cast.committee(code), **fields)
    return person


def found(cast: Cast, **wanted: object) -> set[str]:
    values = {"places": [cast.committee("441802").path], "on": SATURDAY, **wanted}
    with acting_as(cast.county_441802.scope):
        return {each.name for each in people_able(Wanted(**values))}  # type: ignore[arg-type]


def test_first_aid_in_these_townships_on_saturday(cast: Cast) -> None:
    with as_owner():
        aid, morning, sunday = term("急救"), term("周六上午", "time"), term("周日上午", "time")
        saturdays = half_days(SATURDAY)
    here, there = cast.committee("441802009").path, cast.committee("441802103").path
    give(someone(cast, "441802009", name="会且有空"), aid, morning)
    give(someone(cast, "441802103", name="另一镇街"), aid, morning)
    give(someone(cast, "441802009", name="只有周日"), aid, sunday)
    give(someone(cast, "441802009", name="有空不会"), morning)
    give(someone(cast, "441802009", name="已暂停", state="paused"), aid, morning)
    give(someone(cast, "440606103", name="外县"), aid, morning)
    asked = {"terms": [aid.pk], "times": saturdays}
    assert found(cast, places=[here, there], **asked) == {"会且有空", "另一镇街"}
    assert found(cast, places=[here], **asked) == {"会且有空"}


def test_licence_must_hold_on_the_day(cast: Cast) -> None:
    with as_owner():
        licence = term("驾驶证 C1", "licence")
    give(someone(cast, "441802009", name="到期"), licence, until=date(2026, 6, 5))
    give(someone(cast, "441802009", name="当天有效"), licence, until=SATURDAY)
    give(someone(cast, "441802009", name="长期"), licence)
    assert found(cast, terms=[licence.pk]) == {"当天有效", "长期"}


def test_ages_are_those_of_the_day(cast: Cast) -> None:
    someone(cast, "441802009", name="满十八", birth_date=date(2008, 6, 6))
    someone(cast, "441802009", name="差一天", birth_date=date(2008, 6, 7))
    assert "满十八" in found(cast, youngest=18)
    assert "差一天" not in found(cast, youngest=18)
    assert found(cast, oldest=17) == {"差一天"}


def test_words_of_a_roster_become_words_of_the_list(cast: Cast) -> None:
    person = someone(cast, "441802009", skills=["急救", "电脑", "舞狮"])
    with acting_as(cast.county_441802.scope):
        held = {each.term.name for each in VolunteerTerm.objects.of_volunteer(person.pk)}
        assert held == {"急救", "计算机"}
        assert words_of(person) == ["急救", "计算机", "舞狮"]


def test_words_go_along_with_the_person(cast: Cast) -> None:
    person = someone(cast, "441802009", skills=["急救"])
    with as_owner():
        Volunteer.objects.filter(pk=person.pk).update(committee=cast.committee("440606103"))
    with acting_as(cast.county_440606.scope):
        assert VolunteerTerm.objects.of_volunteer(person.pk).count() == 1
    with acting_as(cast.county_441802.scope):
        assert VolunteerTerm.objects.of_volunteer(person.pk).count() == 0


def test_former_name_still_means_the_word(cast: Cast) -> None:
    actor = cast.province
    person = someone(cast, "441802009")
    with acting_as(actor.scope):
        rename_term(term("急救"), actor=actor, name="现场急救")
        match_skills(person.pk, committee=person.committee_id, actor=actor, words=["急救"])
        assert words_of(person) == ["现场急救"]
        with pytest.raises(Refusal) as refused:
            add_term(actor=actor, kind=TermKind.SKILL, name="现场急救")
    assert refused.value.code == "name_taken"


def test_only_the_province_keeps_the_list(cast: Cast) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(PermissionDenied):
            retire_term(term("急救"), actor=actor, retired=True)
        # The database keeps it too.
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Term.objects.filter(name="急救").update(retired=True)


def test_retired_word_stays_with_who_has_it_and_is_offered_to_nobody_else(cast: Cast) -> None:
    actor = cast.province
    person = someone(cast, "441802009", skills=["急救"])
    with acting_as(actor.scope):
        retire_term(term("急救"), actor=actor, retired=True)
        assert "急救" not in {each.name for each in Term.objects.offered()}
        assert words_of(person) == ["急救"]


def test_volunteer_says_it_on_the_own_page(cast: Cast) -> None:
    with as_owner():
        aid, licence = term("急救"), term("驾驶证 C1", "licence")
    browser = log_in(Client(), cast.person)
    data = {
        "skill": [aid.pk],
        f"licence_{licence.pk}": "on",
        f"until_{licence.pk}": "2027-01-31",
    }
    with time_machine.travel("2026-06-01T10:00:00+08:00"):
        answer = browser.post(reverse("own:abilities-edit"), data)
        assert answer.status_code == 302
        page = browser.get(reverse("own:profile")).content.decode()
    assert "急救" in page
    assert "2027-01-31" in page
    with acting_as(cast.county_441802.scope):
        held = VolunteerTerm.objects.of_volunteer(cast.volunteer.pk)
        assert {each.term_id: each.valid_until for each in held} == {
            aid.pk: None,
            licence.pk: date(2027, 1, 31),
        }


def skills_of(person: Volunteer) -> list[str]:
    with as_owner():
        return Volunteer.objects.get(pk=person.pk).skills


def test_column_of_skills_follows_the_words_and_keeps_what_the_list_lacks(cast: Cast) -> None:
    person = someone(cast, "441802009", skills=["急救", "舞狮"])
    actor = cast.county_441802
    office = log_in(Client(), actor)
    address = reverse("registry:volunteer-abilities", args=[person.number])
    with as_owner():
        computers = term("计算机")
    assert office.post(address, {"skill": [computers.pk]}).status_code == 302
    assert skills_of(person) == ["计算机", "舞狮"]
    with acting_as(actor.scope):
        assert Volunteer.objects.skilled("计算机").filter(pk=person.pk).exists()
        assert not Volunteer.objects.skilled("急救").filter(pk=person.pk).exists()


def test_what_volunteers_say_of_themselves_is_found_by_the_list(cast: Cast) -> None:
    with as_owner():
        aid = term("急救")
    browser = log_in(Client(), cast.person)
    browser.post(reverse("own:abilities-edit"), {"skill": [aid.pk]})
    assert skills_of(cast.volunteer) == ["急救"]
    browser.post(reverse("own:abilities-edit"), {})
    assert skills_of(cast.volunteer) == []


def test_volunteer_cannot_write_words_of_another(cast: Cast) -> None:
    other = someone(cast, "441802009")
    actor = cast.person
    with acting_as(actor.scope), pytest.raises(DatabaseError), transaction.atomic():
        set_terms(
            other.pk,
            committee=other.committee_id,
            actor=actor,
            kinds=TermKind.values,
            terms={term("急救").pk: None},
        )


@pytest.mark.parametrize("count", [1, 3])
def test_finding_asks_as_much_for_one_as_for_three(cast: Cast, count: int) -> None:
    with as_owner():
        aid = term("急救")
    for _each in range(count):
        give(someone(cast, "441802009"), aid)
    browser = log_in(Client(), cast.county_441802)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(reverse("registry:volunteer-find"), {"skill": aid.pk})
    assert answer.content.decode().count('<th scope="row"') == count
    # The rows, the count, the words of the rows.
    reads = [query["sql"] for query in asked if '"volunteers_volunteer' in query["sql"]]
    assert len(reads) == 3


def test_place_outside_is_not_found(cast: Cast) -> None:
    browser = log_in(Client(), cast.county_441802)
    assert browser.get(reverse("registry:volunteer-find"), {"place": "440606"}).status_code == 404


def test_more_than_twenty_skills_are_refused_at_their_field(cast: Cast) -> None:
    with as_owner():
        made = Term.objects.bulk_create(
            Term(kind="skill", name=f"技能{number}", position=900 + number)
            for number in range(MOST_SKILLS + 1)
        )
    browser = log_in(Client(), cast.person)
    address = reverse("own:abilities-edit")
    keys = [each.pk for each in made]
    answer = browser.post(address, {"skill": keys})
    assert answer.status_code == 422
    assert "skill" in answer.context["form"].errors
    assert skills_of(cast.volunteer) == []
    assert browser.post(address, {"skill": keys[1:]}).status_code == 302
