"""Taking a list along: what the page says, what the file holds, and who may fetch it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from python_calamine import CalamineWorkbook

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import Scope, acting_as
from organizations.accounts.actors import Actor
from organizations.accounts.scopes import actor_for_membership_id
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.exports.domain import discard_expired_files, tables, write_export
from volunteers.exports.models import Export


@pytest.fixture
def secretary(cast: Cast) -> Client:
    return log_in(Client(), cast.county_441802)


def ordered(client: Client, form: str = "csv", **query: str) -> Export:
    """Asks for a file, and writes it as the worker does."""
    address = reverse("exports:export-create")
    answer = client.post(
        address, {"form": form, "reason": "核对名单", "nonce": str(uuid4()), **query}
    )
    assert answer.status_code == 302, answer.content.decode()
    with as_owner():
        export = Export.objects.latest("pk")
        job = Job.objects.get(pk=export.job_id or 0)
    actor = actor_for_membership_id(job.membership_id or 0)
    with acting_as(actor.scope):
        return write_export(export, actor=actor, progress=lambda _done, _total: None)


def rows_of(client: Client, export: Export) -> list[list[str]]:
    """The downloaded text file."""
    answer = client.get(reverse("exports:export-file", args=[export.pk]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.django_db(transaction=True)
def test_worker_writes_the_file_and_leads_to_it(secretary: Client) -> None:
    data = {"kind": "volunteers", "form": "csv", "reason": "核对名单", "nonce": str(uuid4())}
    secretary.post(reverse("exports:export-create"), data)
    with as_owner():
        export = Export.objects.get()
    assert run_job_now(export.job_id or 0)
    with as_owner():
        job = Job.objects.get(pk=export.job_id or 0)
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert job.result_url == reverse("exports:export-file", args=[export.pk])
    assert len(rows_of(secretary, export)) == 2


def test_file_holds_what_the_list_shows_and_no_more(
    cast: Cast, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "CHUNK", 2)
    with as_owner():
        VolunteerFactory.create_batch(5, committee=cast.committee("441802009"), state="paused")
        VolunteerFactory(committee=cast.committee("440606103"), name="远方", state="paused")
        VolunteerFactory(committee=cast.committee("441802009"), name="在岗")
    export = ordered(secretary, kind="volunteers", state="paused")
    header, *rows = rows_of(secretary, export)
    assert header[:3] == ["姓名", "志愿者编号", "所属镇街"]
    assert len(rows) == export.rows == 5
    assert {row[8] for row in rows} == {"暂停服务"}
    assert {row[5] for row in rows} == {"199****0000"}
    assert len({row[1] for row in rows}) == 5


def test_records_are_taken_along_with_times_and_hours(cast: Cast, secretary: Client) -> None:
    with as_owner():
        ServiceRecordFactory(volunteer=cast.volunteer, activity_title="巡河", minutes=90)
        ServiceRecordFactory(volunteer=cast.volunteer, activity_title="别的")
    export = ordered(secretary, "xlsx", kind="records", activity="巡河")
    answer = secretary.get(reverse("exports:export-file", args=[export.pk]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    header, row = sheet.to_python()
    assert header[3:6] == ["起", "止", "时长"]
    assert row[5] == 1.5
    assert row[7] == "巡河"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_is_a_formula(cast: Cast, secretary: Client, begin: str) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802009"), name=f"{begin}1+1", state="paused")
    rows = rows_of(secretary, ordered(secretary, kind="volunteers", state="paused"))
    assert rows[1][0] == f"'{begin}1+1"


def test_workbook_keeps_a_formula_as_text(cast: Cast, secretary: Client) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802009"), name="=1+1", state="paused")
    export = ordered(secretary, "xlsx", kind="volunteers", state="paused")
    answer = secretary.get(reverse("exports:export-file", args=[export.pk]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1][0] == "=1+1"
    with as_owner(), default_storage.open(export.file) as file:
        assert b"<f>" not in file.read()


def test_file_is_for_who_asked_alone_and_the_log_for_those_above(
    cast: Cast, secretary: Client
) -> None:
    export = ordered(secretary, kind="volunteers")
    address = reverse("exports:export-file", args=[export.pk])
    assert secretary.get(address).status_code == 200
    for name in ("province", "province-auditor", "city-4418", "county-440606"):
        assert log_in(Client(), cast.actor(name)).get(address).status_code == 404, name
    auditor = log_in(Client(), cast.province_auditor)
    listed = auditor.get(reverse("exports:export-list")).content.decode()
    assert cast.county_441802.label in listed
    other = log_in(Client(), cast.county_440606)
    unseen = other.get(reverse("exports:export-list")).content.decode()
    assert cast.county_441802.label not in unseen


def test_file_goes_after_its_time(
    secretary: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    export = ordered(secretary, kind="volunteers")
    with as_owner():
        Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert secretary.get(reverse("exports:export-file", args=[export.pk])).status_code == 404
    with (
        django_capture_on_commit_callbacks(execute=True),
        acting_as(Scope.for_job("sweep")),
    ):
        assert discard_expired_files() == 1
    assert not default_storage.exists(export.file)
    assert "已过保存期" in secretary.get(reverse("exports:export-list")).content.decode()


def test_list_found_by_a_number_is_refused(secretary: Client) -> None:
    address = reverse("exports:export-create")
    data = {"kind": "volunteers", "form": "csv", "reason": "核对名单", "nonce": str(uuid4())}
    answer = secretary.post(address, {**data, "q": "19900000077"})
    assert answer.status_code == 422
    assert "请从搜索中去掉号码" in answer.content.decode()
    with as_owner():
        assert not Export.objects.exists()


def test_what_is_sent_twice_is_written_once(secretary: Client) -> None:
    data = {"kind": "volunteers", "form": "csv", "reason": "核对名单", "nonce": str(uuid4())}
    first, second = (secretary.post(reverse("exports:export-create"), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    with as_owner():
        assert Export.objects.count() == 1


@pytest.mark.parametrize("actor", ["county-441802-recorder", "volunteer"])
def test_who_may_not_export_is_told(cast: Cast, actor: str) -> None:
    who: Actor = cast.actor(actor)
    answer = log_in(Client(), who).get(reverse("exports:export-create"), {"kind": "volunteers"})
    assert answer.status_code == 403


def test_memory_is_bounded_by_chunks(
    cast: Cast, secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "CHUNK", 3)
    with as_owner():
        VolunteerFactory.create_batch(7, committee=cast.committee("441802009"), state="paused")
    with acting_as(cast.county_441802.scope), CaptureQueriesContext(connection) as asked:
        path = cast.committee("441802").path
        table = tables.table_of("volunteers", {"state": "paused"}, below=path, reach=path)
        assert len(list(table.cells())) == 7
    reads = [query["sql"] for query in asked if 'FROM "volunteers_volunteer"' in query["sql"]]
    assert len(reads) == 3
    assert all("LIMIT 3" in sql and "OFFSET" not in sql for sql in reads)
