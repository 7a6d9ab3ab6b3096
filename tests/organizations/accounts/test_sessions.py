"""Signing in, being signed out, second factors, switching, languages, tokens and throttles."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from core.tenancy.scope import acting_as
from organizations.accounts.domain import (
    deactivate_account,
    issue_api_token,
    reactivate_account,
    revoke_membership,
)
from organizations.accounts.models import Membership
from organizations.accounts.scopes import ACTING_AS
from tests.cast import PASSWORD, Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory

COVERAGE = "/api/v1/coverage/"
NEEDS_LOGIN = "/committees/"


def sign_in(client: Client, username: str, password: str = PASSWORD) -> int:
    return client.post(
        reverse("account_login"), {"login": username, "password": password}
    ).status_code


def is_signed_in(client: Client) -> bool:
    return client.get(NEEDS_LOGIN).status_code == 200


def membership_of(cast: Cast, name: str) -> Membership:
    membership = cast.actor(name).membership
    assert membership is not None
    return membership


# Signing in and lock-out


def test_member_signs_in_with_the_login_form(cast: Cast, client: Client) -> None:
    assert not is_signed_in(client)
    assert sign_in(client, "county-441802") == 302
    assert is_signed_in(client)


def test_page_asks_for_a_login_and_leads_back(cast: Cast, client: Client) -> None:
    response = client.get(NEEDS_LOGIN)
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('account_login')}?next={NEEDS_LOGIN}"


def test_five_wrong_passwords_lock_the_account_out(cast: Cast, client: Client) -> None:
    for _attempt in range(4):
        assert sign_in(client, "county-441802", "wrong") == 200
    response = client.post(
        reverse("account_login"), {"login": "county-441802", "password": "wrong"}
    )
    assert response.status_code == 429
    assert "html" in response.headers["Content-Type"]
    assert sign_in(client, "county-441802") == 429, "the right password has to wait as well"
    assert sign_in(Client(REMOTE_ADDR="10.9.9.9"), "county-441802") == 302, "elsewhere it does not"
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(client, "county-441802") == 302


def test_successful_login_forgets_the_failures(cast: Cast, client: Client) -> None:
    for _attempt in range(4):
        sign_in(client, "county-441802", "wrong")
    assert sign_in(client, "county-441802") == 302
    again = Client()
    for _attempt in range(4):
        assert sign_in(again, "county-441802", "wrong") == 200


# Time-outs


def test_idle_session_ends(cast: Cast, client: Client, settings: Settings) -> None:
    start = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(start, tick=False) as clock:
        log_in(client, cast.county_441802)
        assert is_signed_in(client)
        for _request in range(3):
            clock.shift(settings.SESSION_IDLE_SECONDS - 1)
            assert is_signed_in(client), "each request keeps it alive"
        clock.shift(settings.SESSION_IDLE_SECONDS + 61)
        response = client.get(NEEDS_LOGIN)
        assert response.status_code == 302
        assert reverse("account_login") in response.headers["Location"]
        assert not is_signed_in(client)


def test_session_ends_after_its_longest_time(
    cast: Cast, client: Client, settings: Settings
) -> None:
    start = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_default_timezone())
    settings.SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
    with time_machine.travel(start, tick=False) as clock:
        log_in(client, cast.county_441802)
        assert is_signed_in(client)
        step = settings.SESSION_IDLE_SECONDS - 60
        for _request in range(settings.SESSION_ABSOLUTE_SECONDS // step):
            clock.shift(step)
            assert is_signed_in(client)
        clock.shift(step)
        assert not is_signed_in(client)


def test_program_with_an_ended_session_is_told_so(
    cast: Cast, client: Client, settings: Settings
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        log_in(client, cast.county_441802)
        assert client.get(COVERAGE).status_code == 200
        clock.shift(settings.SESSION_IDLE_SECONDS + 1)
        assert client.get(COVERAGE).status_code == 401


# Deactivation


def test_deactivated_account_is_refused_on_the_next_request(cast: Cast) -> None:
    browsers = [log_in(Client(), cast.recorder_441802) for _each in range(2)]
    with_token = Client(
        headers={"Authorization": f"Token {issued(cast, 'county-441802-recorder')}"}
    )
    assert all(is_signed_in(browser) for browser in browsers)
    assert with_token.get(COVERAGE).status_code == 200
    user = cast.recorder_441802.user
    assert user is not None
    with acting_as(cast.county_441802.scope):
        deactivate_account(user, actor=cast.county_441802)
    assert not any(is_signed_in(browser) for browser in browsers)
    assert with_token.get(COVERAGE).status_code == 401
    with acting_as(cast.county_441802.scope):
        reactivate_account(user, actor=cast.county_441802)
    assert not any(is_signed_in(browser) for browser in browsers), "sessions do not come back"
    assert with_token.get(COVERAGE).status_code == 401, "nor do tokens"
    assert sign_in(browsers[0], "county-441802-recorder") == 302


def test_revoked_member_is_refused_on_the_next_request(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    assert is_signed_in(client)
    with acting_as(cast.county_441802.scope):
        revoke_membership(
            membership_of(cast, "county-441802-recorder"), reason="调离", actor=cast.county_441802
        )
    assert client.get(NEEDS_LOGIN).status_code in {302, 403}


# Second factor


def test_staff_set_up_a_second_factor_where_it_is_required(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.STAFF_TOTP_REQUIRED = True
    log_in(client, cast.county_441802)
    response = client.get(NEEDS_LOGIN)
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("mfa_activate_totp")
    refused = client.get(COVERAGE)
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "second_factor_missing"
    user = cast.county_441802.user
    assert user is not None
    TOTP.activate(user, generate_totp_secret())
    assert is_signed_in(client)
    assert client.get(COVERAGE).status_code == 200


def test_second_factor_is_asked_for_at_the_next_login(cast: Cast, client: Client) -> None:
    user = cast.county_441802.user
    assert user is not None
    TOTP.activate(user, generate_totp_secret())
    assert sign_in(client, "county-441802") == 302
    assert not is_signed_in(client), "the password alone is not enough"


def test_volunteer_needs_no_second_factor(cast: Cast, client: Client, settings: Settings) -> None:
    settings.STAFF_TOTP_REQUIRED = True
    log_in(client, cast.person)
    assert client.get(COVERAGE).json()["errors"][0]["code"] == "permission_denied"


# Switching and languages


def acting_for(client: Client) -> str:
    return str(client.get(COVERAGE).json().get("committee", ""))


def test_person_with_several_memberships_switches(cast: Cast, client: Client) -> None:
    with as_owner():
        other = MembershipFactory(
            user=cast.county_441802.user, committee=cast.committee("440606103"), role="recorder"
        )
    log_in(client, cast.county_441802)
    switch = reverse("accounts:membership-switch")
    assert acting_for(client) == "440606103", "the first in the order of the tree"
    mine = membership_of(cast, "county-441802")
    for membership, code in ((mine, "441802"), (other, "440606103")):
        response = client.post(switch, {"membership": membership.pk})
        assert (response.status_code, response.headers["Location"]) == (302, "/")
        assert acting_for(client) == code


@pytest.mark.parametrize("choice", ["foreign", "", "x", "9" * 30, "volunteer"])
def test_nobody_switches_to_what_is_not_theirs(cast: Cast, client: Client, choice: str) -> None:
    log_in(client, cast.county_441802)
    value = str(membership_of(cast, "county-440606").pk) if choice == "foreign" else choice
    client.post(reverse("accounts:membership-switch"), {"membership": value})
    assert acting_for(client) == "441802"
    # The control: what the view refuses to write would not be believed either.
    session = client.session
    session[ACTING_AS] = value
    session.save()
    assert acting_for(client) == "441802"


def test_member_who_is_a_volunteer_too_switches_to_their_own_pages(
    cast: Cast, client: Client
) -> None:
    user = cast.person.user
    with as_owner():
        MembershipFactory(user=user, committee=cast.committee("441802009"), role="recorder")
    log_in(client, cast.person)
    assert acting_for(client) == "441802009"
    client.post(reverse("accounts:membership-switch"), {"membership": "volunteer"})
    assert client.get(COVERAGE).status_code == 403


def test_switching_needs_a_login_and_a_post(cast: Cast, client: Client) -> None:
    switch = reverse("accounts:membership-switch")
    assert client.post(switch, {"membership": "1"}).status_code == 302
    log_in(client, cast.county_441802)
    assert client.get(switch).status_code == 405


def test_language_is_chosen_and_kept(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    assert b'lang="zh-hans"' in client.get(NEEDS_LOGIN).content
    response = client.post(reverse("set_language"), {"language": "en", "next": NEEDS_LOGIN})
    assert response.status_code == 302
    assert b'lang="en"' in client.get(NEEDS_LOGIN).content


# Tokens and throttles


def issued(cast: Cast, name: str) -> str:
    return issue_api_token(membership_of(cast, name))


def test_token_acts_under_its_membership(cast: Cast) -> None:
    client = Client(headers={"Authorization": f"Token {issued(cast, 'county-441802')}"})
    assert acting_for(client) == "441802"
    assert client.get(COVERAGE, {"committee": "4418"}).status_code == 404


@pytest.mark.parametrize("header", ["Token unknown", "Token ", "Bearer x", ""])
def test_unknown_token_is_unauthorised(cast: Cast, header: str) -> None:
    client = Client(headers={"Authorization": header} if header else {})
    response = client.get(COVERAGE)
    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "not_authenticated"


def test_token_of_a_revoked_membership_is_unauthorised(cast: Cast) -> None:
    client = Client(headers={"Authorization": f"Token {issued(cast, 'county-441802-recorder')}"})
    with acting_as(cast.county_441802.scope):
        revoke_membership(
            membership_of(cast, "county-441802-recorder"), reason="调离", actor=cast.county_441802
        )
    assert client.get(COVERAGE).status_code == 401


def test_command_prints_the_token_and_nothing_else(cast: Cast) -> None:
    out = StringIO()
    call_command("create_api_token", "county-441802", stdout=out)
    token = out.getvalue().removesuffix("\n")
    assert token == token.strip()
    assert " " not in token
    client = Client(headers={"Authorization": f"Token {token}"})
    assert acting_for(client) == "441802"


def test_command_chooses_the_committee(cast: Cast) -> None:
    with as_owner():
        MembershipFactory(
            user=cast.county_441802.user, committee=cast.committee("440606103"), role="recorder"
        )
    out = StringIO()
    call_command("create_api_token", "county-441802", committee="441802", stdout=out)
    client = Client(headers={"Authorization": f"Token {out.getvalue().strip()}"})
    assert acting_for(client) == "441802"
    for arguments in (["nobody"], ["county-441802", "--committee", "4418"]):
        with pytest.raises(CommandError):
            call_command("create_api_token", *arguments)


def test_command_makes_a_member_who_can_sign_in(cast: Cast, client: Client) -> None:
    arguments = ["newcomer", "--committee", "441802", "--role", "recorder"]
    call_command("create_member", *arguments, "--password", PASSWORD, stdout=StringIO())
    assert sign_in(client, "newcomer") == 302
    assert is_signed_in(client)
    with pytest.raises(CommandError):
        call_command("create_member", "x", "--committee", "999", "--role", "recorder")


def test_too_many_calls_are_told_when_to_come_back(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"user": "2/min", "anon": "2/min"}
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", rates)
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", rates)
    log_in(client, cast.county_441802)
    assert [client.get(COVERAGE).status_code for _call in range(2)] == [200, 200]
    response = client.get(COVERAGE)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert response.json()["errors"][0]["code"] == "throttled"
    other = log_in(Client(), cast.county_440606)
    assert other.get(COVERAGE).status_code == 200, "each person has their own count"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "back_to"),
    [
        ("http://testserver/own/records/7/?x=1", "/own/records/7/%3Fx%3D1"),
        ("https://elsewhere.example/own/", "/own/records/7/ask/"),
        ("", "/own/records/7/ask/"),
    ],
)
def test_who_sends_a_form_signed_out_comes_back_to_its_page(
    client: Client, came_from: str, back_to: str
) -> None:
    headers = {"Referer": came_from} if came_from else {}
    answer = client.post("/own/records/7/ask/", {"message": "3"}, headers=headers)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next={back_to}")
