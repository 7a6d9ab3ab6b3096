"""Claiming and disowning: proven by a code, silent about who is known, and counted apart."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.crypto.blind_index import IDENTITY_NUMBER, blind_index
from core.tenancy.scope import acting_as
from organizations.accounts.models import User
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import (
    MembershipFactory,
    ServiceRecordFactory,
    UserFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.factories.volunteers import identity_number
from tests.phones import last_code, messages_to
from volunteers.claims.models import Claim
from volunteers.privacy.domain.erasing import seal_due_entries
from volunteers.privacy.models import PrivacyRequest, RetainedIdentity
from volunteers.registry.models import Volunteer, VolunteerIdentity

ASK, CODE, SETTLE = (reverse(f"claims:{name}") for name in ("ask", "code", "settle"))
NUMBER, PHONE = identity_number(802), "19900005678"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def entry(cast: Cast) -> Volunteer:
    with as_owner():
        volunteer: Volunteer = VolunteerFactory(
            committee=cast.committee("441802009"),
            name="刘霞明",
            source="import",
            phone_mask="199****5678",
        )
        VolunteerIdentityFactory(volunteer=volunteer, number=NUMBER, phone=PHONE)
        ServiceRecordFactory(volunteer=volunteer)
    return volunteer


def ask(client: Client, number: str = NUMBER, name: str = "刘霞明", **more: str) -> HttpResponse:
    asked: Any = client.post
    response: HttpResponse = asked(ASK, {"number": number, "name": name}, **more)
    return response


def opened(client: Client) -> Client:
    ask(client)
    assert client.post(CODE, {"code": last_code(PHONE)})["Location"] == SETTLE
    return client


def test_person_claims_the_entry_and_sees_the_hours(entry: Volunteer, client: Client) -> None:
    page = opened(client).get(SETTLE).content.decode()
    assert "刘霞明" in page
    assert NUMBER not in page
    data = {"verb": "take", "username": "liu.xiaming", "password": PASSWORD}
    assert client.post(SETTLE, data)["Location"] == reverse("own:home")
    assert "敬老院探访" in client.get(reverse("own:home")).content.decode()
    with as_owner():
        assert User.objects.get(volunteer_id=entry.pk).username == "liu.xiaming"
        assert Claim.objects.get().state == "claimed"


def test_second_factor_of_the_account_is_not_passed_by(entry: Volunteer, client: Client) -> None:
    with as_owner():
        user = UserFactory(username="liu.xiaming", volunteer_id=entry.pk)
        TOTP.activate(user, generate_totp_secret())
    answer = opened(client).post(SETTLE, {"verb": "take", "password": PASSWORD})
    assert answer["Location"] == reverse("account_login")
    assert SESSION_KEY not in client.session
    data = {"login": "liu.xiaming", "password": PASSWORD}
    assert client.post(reverse("account_login"), data)["Location"].startswith(
        reverse("mfa_authenticate")
    )
    assert SESSION_KEY not in client.session


def test_unknown_person_is_answered_as_a_known_one(entry: Volunteer, client: Client) -> None:
    answers, costs = {}, []
    for label, (number, name) in {
        "known": (NUMBER, "刘霞明"),
        "other name": (NUMBER, "刘霞"),
        "unknown": (identity_number(804), "刘霞明"),
    }.items():
        browser = Client()
        with CaptureQueriesContext(connection) as queries:
            asked = ask(browser, number, name)
        costs.append(len(queries))
        pages = [browser.get(CODE), browser.post(CODE, {"code": "x"})]
        said = [re.sub(r"[A-Za-z0-9]{64}", "", page.content.decode()) for page in pages]
        answers[label] = (asked.status_code, asked["Location"], *said)
    assert answers["known"] == answers["other name"] == answers["unknown"]
    assert max(costs) - min(costs) <= 1
    assert len(messages_to(PHONE)) == 1


def test_code_is_guessed_five_times_at_most(entry: Volunteer, client: Client) -> None:
    ask(client)
    digits = last_code(PHONE)
    for _guess in range(5):
        assert client.post(CODE, {"code": "000"}).status_code == 422
    assert client.post(CODE, {"code": digits}).status_code == 422
    assert client.get(SETTLE)["Location"] == ASK


def test_code_of_one_browser_opens_nothing_in_another(entry: Volunteer, client: Client) -> None:
    ask(client)
    digits = last_code(PHONE)
    stranger = Client()
    assert stranger.post(CODE, {"code": digits})["Location"] == ASK
    ask(stranger, identity_number(806), "别人")
    assert stranger.post(CODE, {"code": digits}).status_code == 422


def test_asking_ends_after_a_few_times_with_the_same_words_for_all(
    entry: Volunteer, client: Client
) -> None:
    said = []
    for number in (NUMBER, identity_number(808)):
        for _turn in range(5):
            assert ask(client, number).status_code == 302
        refused = ask(client, number)
        said.append(
            (
                refused.status_code,
                "too often" in refused.content.decode() or "频繁" in refused.content.decode(),
            )
        )
    assert said == [(422, True), (422, True)]


def test_entry_of_who_serves_a_committee_is_not_taken_by_a_code(
    entry: Volunteer, client: Client, cast: Cast
) -> None:
    with as_owner():
        user = UserFactory(username="secretary", volunteer_id=entry.pk)
        MembershipFactory(user=user, committee=cast.committee("441802"))
    refused = opened(client).post(SETTLE, {"verb": "take", "password": PASSWORD})
    assert refused.status_code == 422
    with as_owner():
        assert User.objects.get(pk=user.pk).password == user.password


def test_disowned_entry_serves_no_more_and_its_committee_is_told(
    entry: Volunteer, client: Client, cast: Cast
) -> None:
    answer = opened(client).post(SETTLE, {"verb": "disown", "message": "从未报名"})
    assert answer.status_code == 200
    assert client.get(SETTLE)["Location"] == ASK
    with acting_as(cast.county_441802.scope):
        assert Volunteer.objects.get(pk=entry.pk).state == "withdrawn"
        request = PrivacyRequest.objects.open().get()
    assert (request.kind, request.message) == ("disowned", "从未报名")
    with acting_as(cast.county_440606.scope):
        assert not PrivacyRequest.objects.exists()


def test_disowned_entry_loses_its_name_after_fifteen_days_and_keeps_its_hours(
    entry: Volunteer, client: Client, cast: Cast
) -> None:
    opened(client).post(SETTLE, {"verb": "disown"})
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=False):
        assert seal_due_entries() == 0
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert seal_due_entries() == 1
    with as_owner():
        sealed = Volunteer.objects.get(pk=entry.pk)
        (record,) = sealed.records.all()
        assert (sealed.state, sealed.name, sealed.identity_mask) == ("erased", "本人否认", "")
        assert (record.volunteer_name, record.minutes, record.state) == (
            "本人否认",
            120,
            "confirmed",
        )
        assert not VolunteerIdentity.objects.filter(
            number_index=blind_index(NUMBER, purpose=IDENTITY_NUMBER)
        ).exists()
        kept = RetainedIdentity.objects.get()
    assert kept.kept_until.year == record.served_on.year + 10
    log_in(client, cast.county_441802)
    page = client.get(reverse("registry:volunteer-detail", args=[entry.number]))
    assert page.status_code == 404


def test_disowned_entry_is_claimed_back_before_its_day(entry: Volunteer, client: Client) -> None:
    opened(client).post(SETTLE, {"verb": "disown"})
    data = {"verb": "take", "username": "liu.xiaming", "password": PASSWORD}
    opened(Client()).post(SETTLE, data)
    with as_owner():
        assert Volunteer.objects.get(pk=entry.pk).state == "active"
        assert PrivacyRequest.objects.get().state == "cancelled"
        assert Claim.objects.get().state == "claimed"
