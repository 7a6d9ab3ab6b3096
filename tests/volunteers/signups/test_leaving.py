"""Who pauses or leaves gives back the places of that time, whoever called."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.duplicates.domain import merge_volunteers
from volunteers.registry.domain.states import pause_volunteer, withdraw_volunteer
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import offer_places, sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def placed(shift: Shift, actor: Actor) -> SignUp:
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def states() -> list[str]:
    with as_owner():
        return list(SignUp.objects.order_by("pk").values_list("state", flat=True))


def leave(cast: Cast) -> None:
    officer = cast.county_441802
    with acting_as(officer.scope):
        person = Volunteer.objects.get(pk=cast.volunteer.pk)
        withdraw_volunteer(person, actor=officer, reason="搬走了")


def test_place_of_who_leaves_goes_to_the_next_also_in_another_city(cast: Cast) -> None:
    shift = call(cast, places=1, committee=cast.committee("440606"))
    placed(shift, cast.person)
    placed(shift, another(cast))
    leave(cast)
    assert states() == ["withdrawn", "waiting"]
    offer_places()
    assert states() == ["withdrawn", "offered"]
    with as_owner():
        assert Shift.objects.get(pk=shift.pk).taken == 1


def test_what_has_begun_stays_as_it_was(cast: Cast) -> None:
    shift = call(cast)
    signup = placed(shift, cast.person)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    leave(cast)
    with as_owner():
        assert SignUp.objects.get(pk=signup.pk).state == "placed"


def test_pause_gives_back_what_lies_before_its_end(cast: Cast) -> None:
    for days in (3, 30):
        placed(call(cast, days=days), cast.person)
    officer, back = cast.county_441802, timezone.localdate() + timedelta(days=14)
    with acting_as(officer.scope):
        person = Volunteer.objects.get(pk=cast.volunteer.pk)
        pause_volunteer(person, actor=officer, reason="考试", back_on=back)
    assert states() == ["withdrawn", "placed"]


def test_pause_without_an_end_gives_back_everything(cast: Cast) -> None:
    for days in (3, 30):
        placed(call(cast, days=days), cast.person)
    officer = cast.county_441802
    with acting_as(officer.scope):
        person = Volunteer.objects.get(pk=cast.volunteer.pk)
        pause_volunteer(person, actor=officer, reason="参军")
    assert states() == ["withdrawn", "withdrawn"]


def test_merged_entry_keeps_its_place(cast: Cast) -> None:
    placed(call(cast), cast.person)
    with as_owner():
        survivor = VolunteerFactory(committee=cast.committee("441802009"))
        VolunteerIdentityFactory(volunteer=survivor)
    officer = cast.county_441802
    with acting_as(officer.scope):
        entries = Volunteer.objects.in_bulk([survivor.pk, cast.volunteer.pk])
        merge_volunteers(
            entries[survivor.pk], entries[cast.volunteer.pk], actor=officer, reason="同一人"
        )
    assert states() == ["placed"]
