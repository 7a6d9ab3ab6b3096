"""The pane and its pictures through the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from portal.settings.storage import file_storage
from tests import pictures
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.evidence.test_domain import a_sheet
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.models import HoursSheet, ServiceRecord

FROM_SCRIPT = {"X-Requested-With": "fetch"}


def pane(sheet: HoursSheet) -> str:
    return reverse("evidence:pane", args=["sheet", sheet.pk])


def photograph(seed: int = 0) -> SimpleUploadedFile:
    return SimpleUploadedFile("签到表.png", pictures.png(seed), content_type="text/html")


def only_file() -> EvidenceFile:
    with as_owner():
        return EvidenceFile.objects.get()


@pytest.fixture
def sheet(cast: Cast) -> HoursSheet:
    return a_sheet(cast)


@pytest.fixture
def file(cast: Cast, client: Client, sheet: HoursSheet) -> EvidenceFile:
    log_in(client, cast.recorder_441802)
    answer = client.post(pane(sheet), {"file": photograph()}, headers=FROM_SCRIPT)
    assert answer.status_code == 200
    return only_file()


def test_picture_is_served_as_what_it_is(cast: Cast, client: Client, file: EvidenceFile) -> None:
    answer = client.get(reverse("evidence:picture", args=[file.pk, 1]))
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{file.pk}-1.jpg"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(answer.request["PATH_INFO"], headers=again).status_code == 304
    assert client.get(reverse("evidence:picture", args=[file.pk, 2])).status_code == 404
    small = client.get(reverse("evidence:thumbnail", args=[file.pk, 1]))
    assert small.content.startswith(b"\xff\xd8\xff")


def test_address_of_a_picture_is_worth_nothing_without_the_right(
    cast: Cast, client: Client, file: EvidenceFile
) -> None:
    address = reverse("evidence:picture", args=[file.pk, 1])
    etag = client.get(address).headers["ETag"]
    expected = {
        "province_auditor": 200,
        "city_4418": 200,
        "county_441802": 200,
        "county_440606": 404,
        "township_440606103": 404,
        "person": 403,
    }
    for name, status in expected.items():
        log_in(client, getattr(cast, name))
        assert client.get(address).status_code == status, name
        known = client.get(address, headers={"If-None-Match": etag}).status_code
        assert known == (304 if status == 200 else status), name
    client.logout()
    assert client.get(address).status_code == 302


def test_removed_file_is_gone_from_pages_with_an_offer_to_undo(
    cast: Cast, client: Client, sheet: HoursSheet, file: EvidenceFile
) -> None:
    address = reverse("evidence:picture", args=[file.pk, 1])
    page = reverse("hours:sheet-detail", args=[sheet.pk])
    assert address in client.get(page).content.decode()
    answer = client.post(reverse("evidence:remove", args=[file.pk]), headers=FROM_SCRIPT)
    restore = reverse("evidence:restore", args=[file.pk])
    assert restore in answer.content.decode()
    assert address not in answer.content.decode()
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 404
    assert address in client.post(restore, headers=FROM_SCRIPT).content.decode()
    assert client.get(address).status_code == 200


def test_refusal_is_a_sentence_and_keeps_nothing(
    cast: Cast, client: Client, sheet: HoursSheet
) -> None:
    log_in(client, cast.recorder_441802)
    program = SimpleUploadedFile("签到表.jpg", b"MZ\x90\x00", content_type="image/jpeg")
    answer = client.post(pane(sheet), {"file": program}, headers=FROM_SCRIPT)
    assert answer.status_code == 409
    (error,) = answer.json()["errors"]
    assert error["code"] == "wrong_type"
    assert "PDF" in error["detail"]
    answer = client.post(pane(sheet), headers=FROM_SCRIPT)
    assert answer.json()["errors"][0]["code"] == "no_file"
    with as_owner():
        assert not EvidenceFile.objects.exists()


def test_without_scripts_the_way_leads_back(cast: Cast, client: Client, sheet: HoursSheet) -> None:
    log_in(client, cast.recorder_441802)
    page = reverse("hours:sheet-detail", args=[sheet.pk])
    back = {"Referer": f"http://testserver{page}"}
    answer = client.post(pane(sheet), {"file": [photograph(1), photograph(2)]}, headers=back)
    assert answer.headers["Location"].endswith(page)
    with as_owner():
        assert EvidenceFile.objects.count() == 2


@pytest.mark.parametrize("files", [1, 3])
def test_pane_costs_the_same_with_one_and_three_files(
    cast: Cast,
    client: Client,
    sheet: HoursSheet,
    files: int,
    django_assert_num_queries: object,
) -> None:
    log_in(client, cast.recorder_441802)
    uploads = [photograph(seed) for seed in range(files)]
    client.post(pane(sheet), {"file": uploads}, headers=FROM_SCRIPT)
    client.get(pane(sheet))
    with django_assert_num_queries(9):  # type: ignore[operator]
        client.get(pane(sheet))


def test_form_of_one_record_takes_a_picture_in_place_of_a_text(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    create = reverse("hours:record-create")
    key = client.get(create).context["form"].evidence_key_shown()
    values = {
        "volunteer": cast.volunteer.number,
        "activity_title": "巡河",
        "kind": "environment",
        "served_on": "2026-05-16",
        "minutes": "2",
        "evidence_key": str(key),
        "nonce": "5f0c2f63-3a4e-4f0e-9f5b-0d8f0c6b2a11",
    }
    refused = client.post(create, values)
    assert refused.status_code == 422
    assert refused.context["form"].errors["evidence"]
    added = client.post(
        reverse("evidence:pane", args=["entry", key]), {"file": photograph()}, headers=FROM_SCRIPT
    )
    assert added.status_code == 200
    address = reverse("evidence:picture", args=[only_file().pk, 1])
    assert address in client.post(create, {**values, "minutes": "99"}).content.decode()
    assert client.post(create, values).status_code == 302
    with as_owner():
        record = ServiceRecord.objects.get(activity_title="巡河")
        assert record.sheet.evidence_key == key
    shown = client.get(reverse("hours:record-detail", args=[record.pk])).content.decode()
    assert address in shown
    assert record.get_source_display() in shown


def test_upload_of_several_leaves_nothing_when_one_is_refused(
    cast: Cast, client: Client, sheet: HoursSheet, settings: Settings, tmp_path: Path
) -> None:
    # Other tests keep pictures in the common folder meanwhile.
    settings.STORAGES = {**settings.STORAGES, "default": file_storage(tmp_path)}
    log_in(client, cast.recorder_441802)
    broken = SimpleUploadedFile("坏.png", b"no picture", content_type="image/png")
    answer = client.post(pane(sheet), {"file": [photograph(3), broken]}, headers=FROM_SCRIPT)
    assert answer.status_code == 409
    with as_owner():
        assert not EvidenceFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
