"""Service records for programs: what is answered to whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.hours.models import ServiceRecord

ADDRESS = "/api/v1/service-records/"


def new(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "volunteer": cast.volunteer.number,
        "activity_title": "敬老院探访",
        "kind": "elderly",
        "served_on": "2026-05-16",
        "start": "14:00",
        "end": "16:00",
        "evidence": "签到表照片",
        **changes,
    }


def post(client: Client, address: str, body: Any = None, **headers: str) -> Any:
    return client.post(address, body or {}, "application/json", headers=headers)


def a_record(cast: Cast, **fields: Any) -> ServiceRecord:
    with as_owner():
        record: ServiceRecord = ServiceRecordFactory(
            volunteer=cast.volunteer, committee=cast.committee("441802"), **fields
        )
    return record


def test_record_is_entered_and_answered_whole(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    answer = post(client, ADDRESS, new(cast))
    assert answer.status_code == 201
    body = answer.json()
    assert {key: body[key] for key in ("committee", "volunteer", "volunteer_number", "state")} == {
        "committee": "441802",
        "volunteer": cast.volunteer.pk,
        "volunteer_number": cast.volunteer.number,
        "state": "submitted",
    }
    assert (body["served_on"], body["start"], body["end"], body["minutes"]) == (
        "2026-05-16",
        "14:00",
        "16:00",
        120,
    )
    assert client.get(f"{ADDRESS}{body['id']}/").json() == body


def test_volunteer_may_be_named_by_id(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    answer = post(client, ADDRESS, new(cast, volunteer=str(cast.volunteer.pk)))
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("changes", "attr"),
    [
        ({"end": "13:00"}, "end"),
        ({"end": None}, "end"),
        ({"served_on": "2999-01-01"}, "served_on"),
        ({"served_on": "2026-02-30"}, "served_on"),
        ({"minutes": 121}, "minutes"),
        ({"start": None, "end": None}, "minutes"),
        ({"kind": "gardening"}, "kind"),
        ({"evidence": " "}, "evidence"),
        ({"activity_title": ""}, "activity_title"),
        ({"nonce": "one"}, "nonce"),
    ],
)
def test_bad_input_is_named_by_field(
    cast: Cast, client: Client, changes: dict[str, Any], attr: str
) -> None:
    log_in(client, cast.recorder_441802)
    answer = post(client, ADDRESS, new(cast, **changes))
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == [attr]


def test_volunteer_of_another_county_is_not_found(cast: Cast, client: Client) -> None:
    with as_owner():
        stranger = VolunteerFactory(committee=cast.committee("440606103"))
    log_in(client, cast.recorder_441802)
    assert post(client, ADDRESS, new(cast, volunteer=stranger.number)).status_code == 404
    assert post(client, ADDRESS, new(cast, volunteer=str(stranger.pk))).status_code == 404


def test_overlap_is_a_conflict(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    post(client, ADDRESS, new(cast))
    answer = post(client, ADDRESS, new(cast, start="15:00", end="17:00"))
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "overlap"


@pytest.mark.parametrize("way", ["nonce", "header", "uuid header"])
def test_what_is_sent_twice_is_answered_alike(cast: Cast, client: Client, way: str) -> None:
    log_in(client, cast.recorder_441802)
    body, headers = new(cast), {}
    if way == "nonce":
        body["nonce"] = str(uuid4())
    else:
        headers = {"Idempotency-Key": str(uuid4()) if way == "uuid header" else "sheet 7, row 3"}
    first = post(client, ADDRESS, body, **headers)
    again = post(client, ADDRESS, body, **headers)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert len(client.get(ADDRESS).json()["results"]) == 1


def test_key_of_another_sender_is_another_key(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    post(client, ADDRESS, new(cast), **{"Idempotency-Key": "1"})
    log_in(client, cast.county_441802)
    answer = post(
        client, ADDRESS, new(cast, start="17:00", end="18:00"), **{"Idempotency-Key": "1"}
    )
    assert answer.json()["start"] == "17:00"


def test_second_person_confirms(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    record = post(client, ADDRESS, new(cast)).json()
    log_in(client, cast.county_441802)
    answer = post(client, f"{ADDRESS}{record['id']}/confirm/")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["confirmed_by"]) == (
        "confirmed",
        "county-441802（清城区）",
    )
    assert post(client, f"{ADDRESS}{record['id']}/confirm/").status_code == 409


def test_own_entry_is_not_confirmed(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    record = post(client, ADDRESS, new(cast)).json()
    answer = post(client, f"{ADDRESS}{record['id']}/confirm/")
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "own_entry"
    assert client.get(f"{ADDRESS}{record['id']}/").json()["state"] == "submitted"


def test_void_needs_a_reason_and_happens_once(cast: Cast, client: Client) -> None:
    record = a_record(cast)
    log_in(client, cast.county_441802)
    address = f"{ADDRESS}{record.pk}/void/"
    assert post(client, address).status_code == 400
    answer = post(client, address, {"reason": "重复录入"})
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["void_reason"]) == ("void", "重复录入")
    assert post(client, address, {"reason": "重复录入"}).status_code == 409


@pytest.mark.parametrize("verb", ["confirm", "void"])
def test_right_and_scope_are_told_apart(cast: Cast, client: Client, verb: str) -> None:
    record = a_record(cast, state="submitted")
    address, body = f"{ADDRESS}{record.pk}/{verb}/", {"reason": "重复录入"}
    assert post(client, address, body).status_code == 401
    expected = {
        "county-441802-recorder": 403,
        "province-auditor": 403,
        "volunteer": 403,
        "county-440606": 404,
        "township-440606103": 404,
        "city-4418": 200,
    }
    for username, status in expected.items():
        log_in(client, cast.actor(username))
        assert post(client, address, body).status_code == status, username


def test_record_of_another_county_is_not_there(cast: Cast, client: Client) -> None:
    record = a_record(cast)
    log_in(client, cast.county_440606)
    assert client.get(f"{ADDRESS}{record.pk}/").status_code == 404
    assert client.get(ADDRESS).json()["results"] == []
    log_in(client, cast.county_441802)
    assert client.get(f"{ADDRESS}{record.pk}/").status_code == 200


def test_list_pages_by_cursor_newest_first(cast: Cast, client: Client) -> None:
    made = [a_record(cast).pk for _each in range(5)]
    log_in(client, cast.county_441802)
    first = client.get(ADDRESS, {"page_size": 2}).json()
    assert set(first) == {"next", "previous", "results"}
    found, page = [], first
    while True:
        found += [row["id"] for row in page["results"]]
        if not page["next"]:
            break
        page = client.get(page["next"]).json()
    assert found == made[::-1]


def test_list_is_narrowed(cast: Cast, client: Client) -> None:
    may = a_record(cast, served_on=date(2026, 5, 16), state="submitted", during=None)
    with as_owner():
        june = ServiceRecordFactory(
            volunteer=VolunteerFactory(committee=cast.committee("440606103")),
            committee=cast.committee("441802009"),
            served_on=date(2026, 6, 1),
        )
    log_in(client, cast.city_4418)

    def found(**filters: str) -> list[int]:
        answer = client.get(ADDRESS, filters)
        assert answer.status_code == 200, answer.content
        return [row["id"] for row in answer.json()["results"]]

    assert found() == [june.pk, may.pk]
    assert found(committee="441802009") == [june.pk]
    assert found(state="submitted") == [may.pk]
    assert found(volunteer=cast.volunteer.number) == [may.pk]
    assert found(volunteer=str(cast.volunteer.pk)) == [may.pk]
    assert found(volunteer=june.volunteer_number) == [june.pk]
    assert found(volunteer="nobody") == []
    assert found(**{"from": "2026-05-17"}) == [june.pk]
    assert found(to="2026-05-16") == [may.pk]
    assert found(**{"from": "2026-05-16", "to": "2026-06-01"}) == [june.pk, may.pk]


@pytest.mark.parametrize(
    ("filters", "status"),
    [
        ({"committee": "440606"}, 404),
        ({"committee": "nowhere"}, 404),
        ({"state": "lost"}, 400),
        ({"from": "May"}, 400),
        ({"from": "2026-06-01", "to": "2026-05-01"}, 400),
    ],
)
def test_filter_that_cannot_be_is_said(
    cast: Cast, client: Client, filters: dict[str, str], status: int
) -> None:
    log_in(client, cast.county_441802)
    assert client.get(ADDRESS, filters).status_code == status


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_with_one_and_three_rows(cast: Cast, client: Client, rows: int) -> None:
    for _each in range(rows):
        a_record(cast)
    log_in(client, cast.county_441802)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(ADDRESS)
    assert len(answer.json()["results"]) == rows
    assert len(queries) == 8
