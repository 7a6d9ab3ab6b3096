"""A volunteer's own codes, and the app that keeps them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.typesetting.codes import qr_svg
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.checkins.summary.codes import signup_code
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db
CODES, HOME = reverse("checkins:code-list"), reverse("own:home")


def takes_a_place(actor: Actor, shift: Shift) -> SignUp:
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def test_codes_of_ones_own_shifts_to_come_the_next_one_first(cast: Cast, client: Client) -> None:
    later = takes_a_place(cast.person, call(cast, days=9))
    sooner = takes_a_place(cast.person, call(cast, days=2))
    theirs = takes_a_place(another(cast), call(cast, days=1))
    full = call(cast, days=5)
    takes_a_place(another(cast), full)
    waiting = takes_a_place(cast.person, full)
    page = log_in(client, cast.person).get(CODES)
    assert [row["signup"].pk for row in page.context["rows"]] == [sooner.pk, later.pk]
    for signup, is_shown in [(sooner, True), (later, True), (theirs, False), (waiting, False)]:
        assert (qr_svg(signup_code(signup.pk), border=2) in page.text) == is_shown


def test_code_leaves_with_the_end_of_the_shift(cast: Cast, client: Client) -> None:
    signup = takes_a_place(cast.person, call(cast, days=2))
    for minutes, is_shown in [(-1, True), (1, False)]:
        with time_machine.travel(signup.shift.ends_at + timedelta(minutes=minutes)):
            page = log_in(Client(), cast.person).get(CODES)
            assert bool(page.context["rows"]) == is_shown


def test_first_page_leads_to_the_code_of_the_next_shift(cast: Cast, client: Client) -> None:
    takes_a_place(cast.person, call(cast, days=8))
    log_in(client, cast.person)
    assert client.get(HOME).context["next"] is None
    signup = takes_a_place(cast.person, call(cast, days=6))
    assert f'href="{CODES}#code-{signup.pk}"' in client.get(HOME).text


@pytest.mark.parametrize("rows", [1, 3])
def test_codes_cost_the_same_with_one_and_three(cast: Cast, client: Client, rows: int) -> None:
    for n in range(rows):
        takes_a_place(cast.person, call(cast, days=n + 1))
    log_in(client, cast.person)
    client.get(CODES)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(CODES).context["rows"]) == rows
    assert len(queries) == 8


def test_app_is_installed_from_the_pages_of_a_volunteer_alone(cast: Cast, client: Client) -> None:
    said = reverse("checkins:own-manifest")
    manifest = client.get(said).json()
    assert manifest["start_url"] == HOME
    assert manifest["start_url"].startswith(manifest["scope"])
    for icon in manifest["icons"]:
        name = icon["src"].partition("static/")[2]
        assert finders.find(name) is not None
    worker = client.get(reverse("checkins:own-worker"))
    assert (worker["Content-Type"], b"addEventListener" in worker.content) == (
        "text/javascript",
        True,
    )
    assert said in log_in(client, cast.person).get(HOME).text
    assert said not in log_in(client, cast.county_441802).get("/").text
