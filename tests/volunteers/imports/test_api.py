"""Imports for programs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.imports.arranging import run_job, upload
from tests.volunteers.workbooks import DATA, expected_faults
from volunteers.imports.models import ImportRun
from volunteers.registry.models import Volunteer

ROSTER = DATA / "roster-441802.xlsx"
ADDRESS = "/api/v1/imports/"


def body(**more: Any) -> dict[str, Any]:
    return {"kind": "volunteers", "committee": "441802", "file": upload(ROSTER), **more}


def test_workbook_is_taken_and_its_outcome_asked_for(counties: Cast, client: Client) -> None:
    log_in(client, counties.recorder_441802)
    answer = client.post(ADDRESS, body())
    assert answer.status_code == 202
    sent = answer.json()
    assert (sent["state"], sent["done"], sent["refused"]) == ("waiting", 0, [])
    where = f"{ADDRESS}{sent['id']}/"
    assert answer.headers["Location"].endswith(where)
    with as_owner():
        run_job(ImportRun.objects.get())
    got = client.get(where).json()
    assert (got["state"], got["rows"], got["done"], got["accepted"]) == ("done", 408, 408, 374)
    assert [(row["row"], row["field"]) for row in got["refused"]] == expected_faults(ROSTER.name)
    assert all(row["message"] for row in got["refused"])
    assert (got["kind"], got["committee"]) == ("volunteers", "441802")


def test_unreadable_file_fails_with_a_sentence(counties: Cast, client: Client) -> None:
    log_in(client, counties.recorder_441802)
    broken = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")
    sent = client.post(ADDRESS, body(file=broken)).json()
    with as_owner():
        run_job(ImportRun.objects.get())
    got = client.get(f"{ADDRESS}{sent['id']}/").json()
    assert got["state"] == "failed"
    assert got["error"]


def test_same_nonce_gives_the_same_answer(counties: Cast, client: Client) -> None:
    log_in(client, counties.recorder_441802)
    nonce = str(uuid4())
    first, second = (client.post(ADDRESS, body(nonce=nonce)) for _ in range(2))
    assert first.json() == second.json()
    assert second.status_code == 202


@pytest.mark.parametrize(
    ("change", "attribute"),
    [({"kind": "nothing"}, "kind"), ({"file": ""}, "file"), ({"nonce": "1"}, "nonce")],
)
def test_bad_input_is_named(
    counties: Cast, client: Client, change: dict[str, str], attribute: str
) -> None:
    log_in(client, counties.recorder_441802)
    answer = client.post(ADDRESS, body(**change))
    assert answer.status_code == 400
    assert {error["attr"] for error in answer.json()["errors"]} == {attribute}


def test_empty_file_is_a_conflict_with_a_sentence(counties: Cast, client: Client) -> None:
    log_in(client, counties.recorder_441802)
    answer = client.post(ADDRESS, body(file=SimpleUploadedFile("x.xlsx", b"")))
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "empty_file"


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("county-440606", 404),
        ("township-440606103", 404),
        ("province-auditor", 403),
        ("volunteer", 403),
        ("county-441802-recorder", 202),
        ("city-4418", 202),
        ("province", 202),
    ],
)
def test_who_may_import_for_441802(
    counties: Cast, client: Client, username: str, status: int
) -> None:
    log_in(client, counties.actor(username))
    assert client.post(ADDRESS, body()).status_code == status
    with as_owner():
        assert ImportRun.objects.count() == (status == 202)
        assert not Volunteer.objects.filter(source="import").exists()


def test_recorder_may_not_import_the_ledger(counties: Cast, client: Client) -> None:
    log_in(client, counties.recorder_441802)
    assert client.post(ADDRESS, body(kind="ledger")).status_code == 403


def test_visitor_is_asked_to_sign_in(counties: Cast, client: Client) -> None:
    assert client.post(ADDRESS, body()).status_code == 401
    assert client.get(f"{ADDRESS}1/").status_code == 401


def test_import_of_another_county_is_not_found(counties: Cast, client: Client) -> None:
    log_in(client, counties.recorder_441802)
    where = f"{ADDRESS}{client.post(ADDRESS, body()).json()['id']}/"
    assert client.get(where).status_code == 200
    log_in(client, counties.county_440606)
    assert client.get(where).status_code == 404
