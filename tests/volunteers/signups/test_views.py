"""The volunteer's calls and the organiser's list."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.signups.domain import offer_places
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db
CALLS = reverse("signups:call-list")


def test_volunteer_signs_up_withdraws_and_waits(cast: Cast, client: Client) -> None:
    shift = call(cast, places=1)
    page = reverse("signups:call-detail", args=[shift.activity_id])
    ask = reverse("signups:signup-create", args=[shift.activity_id, shift.pk])
    log_in(client, cast.person)
    assert shift.activity.title in client.get(CALLS).content.decode()
    assert client.post(ask)["Location"] == page
    assert client.get(CALLS).context["mine"].count() == 1
    other = log_in(Client(), another(cast))
    other.post(ask)
    (chance,) = other.get(page).context["chances"]
    assert (chance.signup.state, chance.place) == ("waiting", 1)
    with as_owner():
        mine = SignUp.objects.get(state="placed")
    assert other.post(reverse("signups:signup-withdraw", args=[mine.pk])).status_code == 404
    client.post(reverse("signups:signup-withdraw", args=[mine.pk]))
    offer_places()
    home = other.get(reverse("own:home"))
    assert [each.is_urgent for each in home.context["news"]] == [True]
    (chance,) = other.get(page).context["chances"]
    other.post(reverse("signups:signup-answer", args=[chance.signup.pk]), {"answer": "take"})
    (chance,) = other.get(page).context["chances"]
    assert chance.signup.state == "placed"


def test_late_withdrawal_keeps_the_page_and_asks_why(cast: Cast, client: Client) -> None:
    shift = call(cast, withdrawal_hours=24 * 30)
    log_in(client, cast.person)
    client.post(reverse("signups:signup-create", args=[shift.activity_id, shift.pk]))
    with as_owner():
        mine = SignUp.objects.get()
    address = reverse("signups:signup-withdraw", args=[mine.pk])
    asked = client.post(address, {"reason": " "})
    assert asked.status_code == 422
    assert "reason" in asked.context["form"].errors
    assert client.post(address, {"reason": "发烧"}).status_code == 302


def test_organiser_sees_who_comes_and_takes_somebody_off(cast: Cast, client: Client) -> None:
    shift = call(cast)
    person = log_in(Client(), cast.person)
    person.post(reverse("signups:signup-create", args=[shift.activity_id, shift.pk]))
    log_in(client, cast.recorder_441802)
    page = reverse("signups:shift-detail", args=[shift.activity_id, shift.pk])
    (row,) = client.get(page).context["rows"]
    remove = reverse("signups:signup-remove", args=[row["signup"].pk])
    assert client.post(remove, {"reason": ""}).status_code == 422
    client.post(remove, {"reason": "重复报名"})
    assert "重复报名" in client.get(page).content.decode()
    assert "重复报名" in person.get(reverse("own:home")).content.decode()
    stranger = log_in(Client(), cast.county_440606)
    assert stranger.get(page).status_code == 404
    assert stranger.get(remove).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_calls_cost_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    for number in range(count):
        call(cast, days=number + 1)
    log_in(client, cast.person)
    client.get(CALLS)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(CALLS).context["shifts"]) == count
    assert len(queries) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_a_shift_costs_the_same_for_more_rows(
    cast: Cast, client: Client, count: int
) -> None:
    shift = call(cast, places=3)
    for _number in range(count):
        person = log_in(Client(), another(cast))
        person.post(reverse("signups:signup-create", args=[shift.activity_id, shift.pk]))
    log_in(client, cast.county_441802)
    page = reverse("signups:shift-detail", args=[shift.activity_id, shift.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(page).context["rows"]) == count
    assert len(queries) == 9
