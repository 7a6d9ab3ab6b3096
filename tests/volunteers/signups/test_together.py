"""A family signs up together: all of them have a place, or nobody has."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import ScopeRefused, acting_as, current_scope
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_volunteer, family_of
from organizations.family.models import FamilyTie
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.signups.domain import sign_up_together
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db
CONSENT = date(2026, 1, 1)


def parent(cast: Cast, *children: date, consent: date | None = CONSENT) -> Actor:
    """A volunteer with children born on those days."""
    with as_owner():
        place = cast.committee("441802009")
        user = UserFactory(volunteer_id=VolunteerFactory(committee=place).pk)
        ties = tuple(
            FamilyTie.objects.create(
                user=user,
                volunteer_id=VolunteerFactory(
                    committee=place, birth_date=born, guardian_consent_on=consent
                ).pk,
                child_name=f"孩子{number}",
                until=date(born.year + 18, born.month, born.day),
            )
            for number, born in enumerate(children, start=1)
        )
        return actor_of_volunteer(user, children=ties)


def ask(shift: Shift, actor: Actor, people: list[Actor] | None = None) -> list[SignUp]:
    family = list(family_of(actor).values()) if people is None else people
    with acting_as(actor.scope):
        return sign_up_together(shift, actor=actor, people=family)


def standing() -> list[tuple[int, str, str]]:
    with as_owner():
        rows = SignUp.objects.order_by("volunteer_id")
        return [(each.volunteer_id, each.state, each.asked_by_label) for each in rows]


def refused(shift: Shift, actor: Actor) -> Refusal:
    with acting_as(actor.scope), pytest.raises(Refusal) as said:
        sign_up_together(shift, actor=actor, people=list(family_of(actor).values()))
    assert standing() == []
    return said.value


def test_all_have_a_place_each_in_the_own_name(cast: Cast) -> None:
    family = parent(cast, date(2012, 3, 1), date(2011, 7, 9))
    ask(call(cast, places=3), family)
    people = [family.scope.volunteer, *(tie.volunteer_id for tie in family.children)]
    labels = [each.label for each in family_of(family).values()]
    assert standing() == [(pk, "placed", label) for pk, label in zip(people, labels, strict=True)]


def test_too_few_places_sign_up_nobody(cast: Cast) -> None:
    shift = call(cast, places=2, reserve=5)
    assert refused(shift, parent(cast, date(2012, 3, 1), date(2011, 7, 9))).code == "too_few"
    with as_owner():
        found = Shift.objects.get(pk=shift.pk)
    assert (found.taken, found.waiting) == (0, 0)


def test_full_shift_without_a_reserve_says_the_same(cast: Cast) -> None:
    shift = call(cast, places=1, reserve=0)
    assert refused(shift, parent(cast, date(2012, 3, 1))).code == "too_few"


def test_who_does_not_fit_is_named_and_keeps_all_away(cast: Cast) -> None:
    family = parent(cast, date(2011, 7, 9), date(2024, 3, 1))
    said = refused(call(cast, places=5), family)
    assert said.code == "too_young"
    assert str(said).startswith("孩子2：")


def test_child_without_consent_keeps_all_away(cast: Cast) -> None:
    family = parent(cast, date(2012, 3, 1), consent=None)
    assert refused(call(cast, places=5), family).code == "guardian_missing"


def test_nobody_ticked_is_refused(cast: Cast) -> None:
    family = parent(cast, date(2012, 3, 1))
    with pytest.raises(Refusal, match="请选择"):
        ask(call(cast), family, [])


def test_others_are_nobodys_to_sign_up(cast: Cast) -> None:
    family, stranger = parent(cast, date(2012, 3, 1)), another(cast)
    with pytest.raises(PermissionDenied):
        ask(call(cast, places=5), family, [family, stranger])
    assert standing() == []


def test_tie_that_has_ended_opens_nothing(cast: Cast) -> None:
    family = parent(cast, date(2012, 3, 1))
    with as_owner():
        FamilyTie.objects.update(ended_at="2026-01-01T00:00Z")
    with pytest.raises(ScopeRefused):
        ask(call(cast, places=5), family)
    assert standing() == []


def test_who_acts_is_the_parent_again_after_it(cast: Cast) -> None:
    family, shift = parent(cast, date(2012, 3, 1)), call(cast, places=5)
    with acting_as(family.scope):
        sign_up_together(shift, actor=family, people=list(family_of(family).values()))
        assert current_scope() == family.scope
        assert {each.volunteer_id for each in SignUp.objects.all()} == {family.scope.volunteer}


@pytest.mark.django_db(transaction=True)
def test_of_two_families_at_once_one_has_the_places(cast: Cast) -> None:
    shift = call(cast, places=3, reserve=5)
    families = [parent(cast, date(2012, 3, 1)) for _each in range(2)]

    def ask_one(actor: Actor) -> int:
        try:
            return len(ask(shift, actor))
        except Refusal:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(ask_one, families)) == [0, 2]
    assert [state for _pk, state, _label in standing()] == ["placed", "placed"]


def test_parent_ticks_who_comes_and_keeps_the_ticks(cast: Cast, client: Client) -> None:
    shift, family = call(cast, places=2), parent(cast, date(2012, 3, 1), date(2011, 7, 9))
    address = reverse("signups:family-signup-create", args=[shift.activity_id, shift.pk])
    page = reverse("signups:call-detail", args=[shift.activity_id])
    log_in(client, family)
    assert [each["ticked"] for each in client.get(page).context["family"]] == [True] * 3
    everybody = list(family_of(family))
    answer = client.post(address, {"who": everybody})
    assert (answer.status_code, standing()) == (422, [])
    assert "没有足够的名额" in answer.content.decode()
    answer = client.post(address, {"who": everybody[1:]})
    assert answer["Location"] == page
    assert [pk for pk, _state, _label in standing()] == [
        tie.volunteer_id for tie in family.children
    ]


def test_who_holds_no_child_is_offered_no_family(cast: Cast, client: Client) -> None:
    shift = call(cast)
    log_in(client, cast.person)
    page = client.get(reverse("signups:call-detail", args=[shift.activity_id]))
    assert page.context["family"] == []
