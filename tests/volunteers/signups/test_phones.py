"""Organisers call who comes: masks on the list, the number only with a look on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerIdentityFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.privacy.summary import looks_at_the_person
from volunteers.registry.models import IdentityReveal, Volunteer
from volunteers.signups.domain import show_phone, sign_up, withdraw
from volunteers.signups.models import SignUp
from volunteers.signups.queries import phone_masks

pytestmark = pytest.mark.django_db


def ask(shift: Shift, actor: Actor) -> SignUp:
    with as_owner():
        VolunteerIdentityFactory(volunteer=Volunteer.objects.get(pk=actor.scope.volunteer or 0))
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def shown(signup: SignUp, actor: Actor) -> str:
    with acting_as(actor.scope):
        return show_phone(SignUp.objects.get(pk=signup.pk), actor=actor)


def refused(signup: SignUp, actor: Actor) -> str:
    with pytest.raises(Refusal) as said:
        shown(signup, actor)
    return said.value.code


def looks() -> int:
    with as_owner():
        return IdentityReveal.objects.count()


def test_number_is_shown_with_a_look_that_the_person_reads(cast: Cast) -> None:
    signup = ask(call(cast), cast.person)
    number = shown(signup, cast.recorder_441802)
    assert (len(number), number.isdecimal()) == (11, True)
    with acting_as(cast.person.scope):
        (look,) = looks_at_the_person()
    assert (look.who, look.what) == (cast.recorder_441802.label, "phone")
    assert "河小青巡河护水" in look.reason
    shown(signup, cast.recorder_441802)
    assert looks() == 2, "each look by itself"


def test_visitor_of_another_city_can_be_called_too(cast: Cast) -> None:
    visitor = another(cast, "440606103")
    signup = ask(call(cast), visitor)
    with acting_as(cast.recorder_441802.scope):
        assert not Volunteer.objects.filter(pk=visitor.scope.volunteer or 0).exists()
        assert "*" in phone_masks(signup.shift_id)[signup.pk]
    assert shown(signup, cast.recorder_441802)
    with acting_as(cast.county_440606.scope):
        assert IdentityReveal.objects.filter(volunteer=visitor.scope.volunteer).count() == 1


def test_minor_needs_a_second_person_and_leaves_no_look(cast: Cast) -> None:
    signup = ask(call(cast), cast.person)
    with as_owner():
        day = timezone.localdate() - timedelta(days=365 * 16)
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(birth_date=day)
    assert refused(signup, cast.recorder_441802) == "minor"
    assert looks() == 0


def test_not_of_who_left_nor_long_after_nor_once_it_is_settled_or_cancelled(cast: Cast) -> None:
    shift = call(cast)
    signup, left = ask(shift, cast.person), another(cast)
    gone = ask(shift, left)
    with acting_as(left.scope):
        withdraw(gone, actor=left)
    assert refused(gone, cast.recorder_441802) == "not_now"
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(
            starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
        )
    assert refused(signup, cast.recorder_441802) == "not_now"
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(ends_at=timezone.now() - timedelta(days=6))
    assert shown(signup, cast.recorder_441802)
    with as_owner():
        Activity.objects.update(state="settled", settled_at=timezone.now())
    assert refused(signup, cast.recorder_441802) == "not_now"
    assert looks() == 1


def test_neither_auditors_nor_other_committees_nor_volunteers_are_shown_one(cast: Cast) -> None:
    signup = ask(call(cast), cast.person)
    with pytest.raises(PermissionDenied):
        shown(signup, cast.province_auditor)
    with acting_as(cast.county_440606.scope), connection.cursor() as cursor:
        assert phone_masks(signup.shift_id) == {}
        cursor.execute(
            "SELECT * FROM volunteers_phone_of_signup(%s, %s, %s)", [signup.pk, "为何", "谁"]
        )
        assert cursor.fetchall() == []
    assert looks() == 0


def test_list_shows_masks_and_one_tap_the_number(cast: Cast, client: Client) -> None:
    shift = call(cast)
    signup = ask(shift, cast.person)
    page = reverse("signups:shift-detail", args=[shift.activity_id, shift.pk])
    tap = reverse("signups:signup-phone", args=[signup.pk])
    log_in(client, cast.recorder_441802)
    listed = client.get(page).content.decode()
    assert "****" in listed
    assert tap in listed
    number = client.post(tap).context["number"]
    assert number not in listed
    assert client.get(tap).status_code == 405
    log_in(client, cast.province_auditor)
    assert tap not in client.get(page).content.decode()
    assert client.post(tap).status_code == 403
    with as_owner():
        Activity.objects.update(state="settled", settled_at=timezone.now())
    log_in(client, cast.recorder_441802)
    assert tap not in client.get(page).content.decode()
    assert client.post(tap)["Location"] == page
