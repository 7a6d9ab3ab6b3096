"""What is entered after the service: one rule, whatever the way in.

It names its evidence, needs a second person, and says so on itself, to the volunteer and in lists
taken along.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import open_draft
from tests.volunteers.desk.arranging import typed as typed_row
from tests.volunteers.hours.desk import only, typed
from tests.volunteers.workbooks import HOURS_HEADER, import_file, write_workbook
from volunteers.desk.domain import submit_rows
from volunteers.exports.domain import tables
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import HoursSheet, ServiceRecord

NUMBER = identity_number(302)
# Enters hours in the county and says whether they were taken.
Enter = Callable[[Cast, Client, Path, str], bool]


def by_form(cast: Cast, client: Client, _folder: Path, evidence: str) -> bool:
    answer = client.post(
        reverse("hours:record-create"),
        typed(cast.volunteer, evidence=evidence, start="", end="", minutes="2"),
    )
    return answer.status_code == 302


def by_api(cast: Cast, client: Client, _folder: Path, evidence: str) -> bool:
    body = {
        "volunteer": cast.volunteer.number,
        "activity_title": "敬老院探访",
        "served_on": "2026-05-16",
        "minutes": 120,
        "evidence": evidence,
        "nonce": str(uuid4()),
    }
    answer = client.post("/api/v1/service-records/", body, "application/json")
    return answer.status_code == 201


def by_grid(cast: Cast, _client: Client, _folder: Path, evidence: str) -> bool:
    row = typed_row(volunteer=cast.volunteer.number, hours="2")
    with open_draft(cast.county_441802, row, evidence=evidence, start="", end="") as draft:
        try:
            return submit_rows(draft, actor=cast.county_441802).submitted == 1
        except Refusal as refused:
            return refused.code != "evidence_missing"


def by_workbook(cast: Cast, _client: Client, folder: Path, _evidence: str) -> bool:
    """The workbook itself is the evidence that the sheet names."""
    row = [cast.volunteer.name, NUMBER, "敬老院探访", "2026-05-16", "", "", "2", ""]
    path = write_workbook(folder / "hours.xlsx", HOURS_HEADER, [row])
    county = cast.committee("441802")
    return import_file("hours", path, committee=county, actor=cast.county_441802).accepted == 1


WAYS = [by_form, by_api, by_grid, by_workbook]


@pytest.fixture
def _identity(cast: Cast, client: Client) -> None:
    with as_owner():
        VolunteerIdentityFactory(volunteer=cast.volunteer, number=NUMBER)
    log_in(client, cast.county_441802)


@pytest.mark.usefixtures("_identity")
@pytest.mark.parametrize("enter", [by_form, by_api, by_grid])
def test_entry_without_evidence_is_refused(
    cast: Cast, client: Client, tmp_path: Path, enter: Enter
) -> None:
    assert not enter(cast, client, tmp_path, "")
    with as_owner():
        assert not ServiceRecord.objects.exists()


@pytest.mark.usefixtures("_identity")
@pytest.mark.parametrize("enter", WAYS)
def test_entry_needs_evidence_and_a_second_person_and_says_so(
    cast: Cast, client: Client, tmp_path: Path, enter: Enter
) -> None:
    assert enter(cast, client, tmp_path, "签到表照片")
    enterer, second = cast.county_441802, cast.city_4418
    assert refusal_of(cast, enterer) == "own_entry"
    with as_owner():
        sheet = HoursSheet.objects.get()
        assert sheet.evidence
        HoursSheet.objects.update(evidence="")
    assert refusal_of(cast, second) == "no_evidence"
    with as_owner():
        HoursSheet.objects.update(evidence=sheet.evidence)
    assert refusal_of(cast, second) == ""
    with as_owner():
        record = ServiceRecord.objects.get()
    assert record.is_backfill
    with override("zh-hans"), as_owner():
        (cells,) = tables._record_rows([record])
    assert any("补录" in str(cell) for cell in cells)
    client.cookies["django_language"] = "zh-hans"
    for actor, address in (
        (enterer, reverse("hours:record-detail", args=[record.pk])),
        (cast.person, reverse("own:record-detail", args=[record.pk])),
        (cast.person, reverse("own:home")),
    ):
        log_in(client, actor)
        assert "补录" in client.get(address).content.decode()


def refusal_of(cast: Cast, actor: Actor) -> str:
    """Why the actor may not confirm the one record; empty once it is confirmed."""
    with as_owner():
        record = ServiceRecord.objects.get()
    try:
        with acting_as(actor.scope):
            confirm_hours(only(record), actor=actor)
    except Refusal as refused:
        return refused.code
    return ""
