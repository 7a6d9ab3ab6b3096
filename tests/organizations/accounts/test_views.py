"""Pages of members, and what a link opens."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.accounts.domain import grant_membership
from organizations.accounts.models import Invitation, MemberRole, Membership, User
from tests.cast import PASSWORD, Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory

Counted = Callable[[int], AbstractContextManager[object]]
LIST = "/members/"
STRONG = "a long enough passphrase"


def membership_of(cast: Cast, name: str) -> Membership:
    membership = cast.actor(name).membership
    assert membership is not None
    return membership


def member(cast: Cast, code: str = "441802009", role: str = "recorder") -> Membership:
    with as_owner():
        made: Membership = MembershipFactory(
            user=UserFactory(password=PASSWORD), committee=cast.committee(code), role=role
        )
        return made


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# Lists


def test_list_holds_members_at_or_below_the_own_committee(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    page = text_of(client, LIST)
    assert "county-441802-recorder" in page
    assert "county-440606" not in page
    log_in(client, cast.county_440606)
    assert "county-441802" not in text_of(client, LIST)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?role=recorder", "county-441802-recorder", ">county-441802<"),
        ("?committee=441802009", "member-", "county-441802-recorder"),
        ("?q=county-441802-r", "county-441802-recorder", ">county-441802<"),
        ("?committee=440606", "county-441802-recorder", ">county-440606<"),
        ("?ended=1", "没有成员", "county-441802-recorder"),
    ],
)
def test_list_is_narrowed(cast: Cast, client: Client, query: str, shown: str, hidden: str) -> None:
    member(cast)
    log_in(client, cast.city_4418)
    page = text_of(client, LIST + query)
    rows = "".join(re.findall(r'<th scope="row".*?</tr>', page, re.DOTALL))
    assert shown in (rows if shown != "没有成员" else page) or shown == "没有成员"
    assert hidden not in re.sub(r"\s+", "", rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: Counted
) -> None:
    for _row in range(rows):
        member(cast)
    log_in(client, cast.county_441802)
    client.get(LIST)
    with django_assert_num_queries(9):
        assert client.get(LIST).status_code == 200


# Status of every page and role


CELLS = [
    ("GET", "/members/", {"secretary": 200, "recorder": 403, "auditor": 200, "other": 200}),
    ("GET", "/members/grant/", {"secretary": 200, "recorder": 403, "auditor": 403, "other": 200}),
    ("GET", "/members/invite/", {"secretary": 200, "recorder": 403, "auditor": 403, "other": 200}),
    ("GET", "/members/{id}/", {"secretary": 200, "recorder": 403, "auditor": 200, "other": 404}),
    (
        "POST",
        "/members/{id}/revoke/",
        {"secretary": 302, "recorder": 403, "auditor": 403, "other": 404},
    ),
    (
        "POST",
        "/members/{id}/deactivate/",
        {"secretary": 302, "recorder": 403, "auditor": 403, "other": 404},
    ),
    (
        "POST",
        "/members/{id}/reactivate/",
        {"secretary": 302, "recorder": 403, "auditor": 403, "other": 404},
    ),
    (
        "POST",
        "/members/{id}/password/",
        {"secretary": 200, "recorder": 403, "auditor": 403, "other": 404},
    ),
    (
        "POST",
        "/members/invitations/{invitation}/withdraw/",
        {"secretary": 302, "recorder": 403, "auditor": 403, "other": 404},
    ),
    ("GET", "/members/{id}/revoke/", {"secretary": 405}),
]
ROLES = {
    "secretary": "county-441802",
    "recorder": "county-441802-recorder",
    "auditor": "province-auditor",
    "other": "county-440606",
}


@pytest.mark.parametrize(
    ("method", "address", "role", "status"),
    [
        (method, address, role, status)
        for method, address, statuses in CELLS
        for role, status in statuses.items()
    ],
)
def test_each_role_gets_the_right_status(
    cast: Cast, client: Client, method: str, address: str, role: str, status: int
) -> None:
    made = member(cast)
    with as_owner():
        invitation = Invitation.objects.create(
            committee=cast.committee("441802009"),
            role="recorder",
            name="新人",
            token_digest=b"x" * 32,
            invited_by=membership_of(cast, "county-441802").user,
            expires_at=timezone.now() + timedelta(days=1),
        )
    log_in(client, cast.actor(ROLES[role]))
    address = address.format(id=made.pk, invitation=invitation.pk)
    response = client.generic(method, address)
    assert response.status_code == status


@pytest.mark.parametrize("address", ["/members/", "/members/grant/", "/members/1/"])
def test_visitors_are_sent_to_the_login(cast: Cast, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


# Granting, revoking, switching off


def grant(client: Client, **fields: str) -> int:
    given = {
        "username": "county-441802-recorder",
        "committee": "441802009",
        "role": "officer",
        "starts_on": timezone.localdate().isoformat(),
        **fields,
    }
    return client.post("/members/grant/", given).status_code


def test_officer_grants_a_membership(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    assert grant(client) == 302
    with as_owner():
        made = Membership.objects.get(
            user=cast.recorder_441802.user, committee__code="441802009", role="officer"
        )
    assert made.granted_by == cast.county_441802.user


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "county-440606"},
        {"username": "nobody"},
        {"committee": "440606"},
        {"committee": "4418"},
        {"committee": ""},
        {"role": "emperor"},
        {"committee": "441802", "role": "recorder"},
        {"ends_on": "2020-01-01"},
        {"starts_on": "soon"},
    ],
)
def test_faulty_grant_keeps_what_was_typed(
    cast: Cast, client: Client, fields: dict[str, str]
) -> None:
    log_in(client, cast.county_441802)
    with as_owner():
        before = Membership.objects.count()
    assert grant(client, **fields) == 422
    with as_owner():
        assert Membership.objects.count() == before


def test_officer_is_not_offered_what_is_not_theirs_to_give(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    page = text_of(client, "/members/grant/")
    assert 'value="officer"' in page
    assert 'value="secretary"' not in page
    assert grant(client, role="secretary") == 422


def test_revoking_asks_for_a_reason(cast: Cast, client: Client) -> None:
    made = member(cast)
    log_in(client, cast.county_441802)
    for reason, is_revoked in (("", False), ("工作调动", True)):
        client.post(f"/members/{made.pk}/revoke/", {"reason": reason})
        with as_owner():
            made.refresh_from_db()
        assert (made.revoked_at is not None) is is_revoked
    assert "工作调动" in text_of(client, f"/members/{made.pk}/")


def test_switching_off_ends_the_session_at_once(cast: Cast) -> None:
    made = member(cast)
    theirs = Client()
    theirs.force_login(made.user, backend="django.contrib.auth.backends.ModelBackend")
    assert theirs.get("/committees/").status_code == 200
    log_in(Client(), cast.county_441802).post(f"/members/{made.pk}/deactivate/")
    assert theirs.get("/committees/").status_code == 302


# Links


def link_in(page: str) -> str:
    found = re.search(r'value="https?://[^/]+(/accounts/[^"]+)"', page)
    assert found, page
    return found[1]


def invited(cast: Cast, **fields: str) -> str:
    given = {"name": "新人", "committee": "441802009", "role": "recorder", **fields}
    response = log_in(Client(), cast.county_441802).post("/members/invite/", given)
    assert response.status_code == 200
    return link_in(response.content.decode())


def test_link_opens_an_account_and_signs_in(cast: Cast, client: Client) -> None:
    address = invited(cast)
    assert "横荷街道" in text_of(client, address)
    given = {"name": "新人", "username": "newcomer", "password": STRONG}
    response = client.post(address, given)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/api/v1/coverage/").json()["committee"] == "441802009"
    assert client.get(address).status_code == 410
    assert Client().post(address, {**given, "username": "second"}).status_code == 410


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "county-440606"},
        {"username": "with space"},
        {"username": ""},
        {"password": "12345678"},
        {"password": ""},
        {"name": ""},
    ],
)
def test_faulty_joining_leaves_the_link_open(
    cast: Cast, client: Client, fields: dict[str, str]
) -> None:
    address = invited(cast)
    given = {"name": "新人", "username": "newcomer", "password": STRONG, **fields}
    assert client.post(address, given).status_code == 422
    with as_owner():
        assert not User.objects.filter(username="newcomer").exists()
    assert client.get(address).status_code == 200


def test_link_adds_to_the_account_that_is_signed_in(cast: Cast, client: Client) -> None:
    address = invited(cast)
    log_in(client, cast.county_440606)
    assert "county-440606" in text_of(client, address)
    assert client.post(address).status_code == 302
    assert client.get("/api/v1/coverage/").json()["committee"] == "441802009"
    with as_owner():
        assert Membership.objects.filter(user=cast.county_440606.user).count() == 2


def test_withdrawn_or_late_link_is_gone(cast: Cast, client: Client) -> None:
    address = invited(cast)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert client.get(address).status_code == 410
    with as_owner():
        invitation = Invitation.objects.get()
    officer = log_in(Client(), cast.county_441802)
    assert "新人" in text_of(officer, LIST)
    assert officer.post(f"/members/invitations/{invitation.pk}/withdraw/").status_code == 302
    assert client.get(address).status_code == 410
    assert client.get("/accounts/invitation/made-up/").status_code == 410


def test_inviting_a_role_beyond_ones_own_is_refused(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    given = {"name": "新人", "committee": "441802", "role": "secretary"}
    assert client.post("/members/invite/", given).status_code == 422


def test_password_link_works_once(cast: Cast, client: Client) -> None:
    made = member(cast)
    officer = log_in(Client(), cast.county_441802)
    address = link_in(officer.post(f"/members/{made.pk}/password/").content.decode())
    theirs = Client()
    theirs.force_login(made.user, backend="django.contrib.auth.backends.ModelBackend")
    assert theirs.get("/committees/").status_code == 200
    assert client.post(address, {"password": "12345678"}).status_code == 422
    assert client.post(address, {"password": STRONG}).status_code == 302
    with as_owner():
        made.user.refresh_from_db()
    assert made.user.access_from == cast.county_441802.user
    assert made.user.access_from_at is not None
    assert theirs.get("/committees/").status_code == 302, "sessions under the old password end"
    assert client.post(address, {"password": "another long passphrase"}).status_code == 410
    signed = client.post(
        reverse("account_login"), {"login": made.user.username, "password": STRONG}
    )
    assert signed.status_code == 302


def test_password_link_is_not_for_those_above_or_elsewhere(cast: Cast, client: Client) -> None:
    secretary = membership_of(cast, "county-441802")
    log_in(client, cast.city_4418)
    assert client.post(f"/members/{secretary.pk}/password/").status_code == 403
    made = member(cast)
    with acting_as(cast.county_440606.scope):
        grant_membership(
            user=made.user,
            committee=cast.committee("440606"),
            role=MemberRole.RECORDER,
            starts_on=timezone.localdate(),
            ends_on=None,
            actor=cast.county_440606,
        )
    response = log_in(Client(), cast.county_441802).post(f"/members/{made.pk}/password/")
    assert response.status_code == 302, "a committee above both has to help"


def test_old_password_link_is_gone(cast: Cast, client: Client) -> None:
    made = member(cast)
    officer = log_in(Client(), cast.county_441802)
    address = link_in(officer.post(f"/members/{made.pk}/password/").content.decode())
    assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert client.get(address).status_code == 410
    assert client.get("/accounts/new-password/made-up/").status_code == 410
