"""The pages of transfers: what waits, asking, answering, the person's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.tenancy.scope import acting_as
from portal.home.queries import tasks_of
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.transfers.desk import HERE, THERE, asked, row_of
from volunteers.transfers.domain import ask_transfer
from volunteers.transfers.models import Transfer

LIST = reverse("transfers:transfer-list")
OWN = reverse("transfers:own-transfers")


def answer(transfer: Transfer) -> str:
    return reverse("transfers:transfer-answer", args=[transfer.pk])


def test_receiving_committee_reads_who_from_where_and_why(
    cast: Cast, browser_client: Client
) -> None:
    transfer = asked(cast)
    text = log_in(browser_client, cast.county_440606).get(LIST).content.decode()
    for said in (transfer.volunteer_name, transfer.origin_name, "搬家", transfer.asked_by_label):
        assert said in text
    assert cast.volunteer.identity_mask not in text
    assert cast.volunteer.phone_mask not in text


def test_agreeing_opens_the_entry_at_once(cast: Cast, browser_client: Client) -> None:
    transfer = asked(cast)
    client = log_in(browser_client, cast.county_440606)
    response = client.post(answer(transfer), {"answer": "agree"}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0].endswith(f"/{cast.volunteer.number}/")
    assert row_of(cast.volunteer).committee.code == THERE


def test_refusing_without_a_reason_is_said_and_moves_nobody(
    cast: Cast, browser_client: Client
) -> None:
    transfer = asked(cast)
    client = log_in(browser_client, cast.county_440606)
    client.post(answer(transfer), {"answer": "refuse"})
    with as_owner():
        transfer.refresh_from_db()
    assert transfer.state == "waiting"


def test_officer_asks_on_the_page(cast: Cast, browser_client: Client) -> None:
    client = log_in(browser_client, cast.county_441802)
    url = reverse("transfers:transfer-create", args=[cast.volunteer.number])
    assert client.post(url, {"destination": HERE, "reason": "搬家"}).status_code == 422
    assert client.post(url, {"destination": THERE, "reason": "搬家"}).status_code == 302
    with as_owner():
        made = Transfer.objects.get()
    assert (made.destination.code, made.asked_side, made.reason) == (THERE, "origin", "搬家")


def test_person_asks_on_the_phone_and_reads_the_answer(cast: Cast, browser_client: Client) -> None:
    client = log_in(browser_client, cast.person)
    assert client.post(OWN, {"destination": THERE, "reason": "搬家"}).status_code == 302
    with as_owner():
        transfer = Transfer.objects.get()
    log_in(client, cast.county_440606).post(
        answer(transfer), {"answer": "refuse", "reason": "请先办居住证"}
    )
    assert "请先办居住证" in log_in(client, cast.person).get(OWN).content.decode()


def test_person_does_not_take_back_what_is_not_theirs(cast: Cast, browser_client: Client) -> None:
    with as_owner():
        other = VolunteerFactory(committee=cast.committee(HERE))
    actor = cast.county_441802
    with acting_as(actor.scope):
        transfer = ask_transfer(
            other.pk, actor=actor, destination=THERE, reason="搬家", address_of=str
        )
    url = reverse("transfers:own-take-back", args=[transfer.pk])
    assert log_in(browser_client, cast.person).post(url).status_code == 404


@pytest.mark.parametrize("typed", ["北滘", "beijiao", "bj", "440606103"])
def test_places_are_found_anywhere_by_what_people_type(
    cast: Cast, browser_client: Client, typed: str
) -> None:
    client = log_in(browser_client, cast.county_441802)
    found = client.get(reverse("transfers:place-lookup"), {"q": typed}).json()["results"]
    assert [each["value"] for each in found if each["value"] == THERE] == [THERE]


def test_nothing_typed_finds_no_place_and_a_county_is_none(
    cast: Cast, browser_client: Client
) -> None:
    client = log_in(browser_client, cast.county_441802)
    for typed in ("", "440606"):
        found = client.get(reverse("transfers:place-lookup"), {"q": typed}).json()["results"]
        assert "440606" not in [each["value"] for each in found]


def test_home_says_what_waits_for_the_receiving_committee_only(cast: Cast) -> None:
    asked(cast)
    for actor, waits in ((cast.county_440606, True), (cast.county_441802, False)):
        with acting_as(actor.scope):
            assert (LIST in [task.url for task in tasks_of(actor)]) is waits


def test_list_costs_the_same_for_one_and_for_three(cast: Cast, browser_client: Client) -> None:
    client = log_in(browser_client, cast.county_440606)
    asked(cast)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    with as_owner():
        people = VolunteerFactory.create_batch(2, committee=cast.committee(HERE))
    with acting_as(cast.county_441802.scope):
        for person in people:
            ask_transfer(
                person.pk,
                actor=cast.county_441802,
                destination=THERE,
                reason="搬家",
                address_of=str,
            )
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)
    assert len(one) == len(three) == 7
