"""An import from the file's arrival to the mending of its refused rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from core.workbooks import Cell
from tests.cast import Cast
from tests.database import as_owner
from tests.factories.volunteers import identity_number
from tests.volunteers.imports.arranging import (
    brought_in,
    job_of,
    order,
    refused_rows,
    run_job,
    sent,
    stored,
)
from tests.volunteers.workbooks import DATA, ROSTER_HEADER, expected_faults, write_workbook
from volunteers.hours.models import ServiceRecord
from volunteers.imports.domain import choose_columns, discard_old_files, fault_of, settle_import
from volunteers.imports.models import ImportFault, ImportKind, ImportRun
from volunteers.registry.models import Volunteer

ROSTER = DATA / "roster-441802.xlsx"
HOURS = DATA / "hours-441802-2026-05.xlsx"
"""What follows is done by the recorder of 441802 unless it says otherwise."""


def bring(
    cast: Cast, path: Path, kind: ImportKind = ImportKind.VOLUNTEERS, **more: Any
) -> ImportRun:
    committee, actor = cast.committee("441802"), cast.recorder_441802
    return brought_in(path, kind, committee=committee, actor=actor, **more)


def send(
    cast: Cast, path: Path, kind: ImportKind = ImportKind.VOLUNTEERS, **more: Any
) -> ImportRun:
    committee, actor = cast.committee("441802"), cast.recorder_441802
    return sent(path, kind, committee=committee, actor=actor, **more)


def faults(run: ImportRun) -> list[tuple[int, str]]:
    with as_owner():
        return list(run.faults.order_by("row").values_list("row", "field"))


def registered() -> int:
    with as_owner():
        return Volunteer.objects.filter(source="import").count()


def test_check_says_what_would_happen_and_changes_nothing(counties: Cast) -> None:
    run = run_job(send(counties, ROSTER))
    assert run.stage == "checked"
    assert (run.findings["rows"], run.findings["accepted"], run.findings["refused"]) == (
        408, 374, 34,
    )  # fmt: skip
    assert registered() == 0
    assert faults(run) == []
    assert len(run.findings["faults"]) == 34


def test_import_keeps_figures_and_each_refused_row(counties: Cast) -> None:
    run = bring(counties, ROSTER)
    assert (run.stage, run.rows, run.accepted, run.refused, run.already) == (
        "done", 408, 374, 34, 0,
    )  # fmt: skip
    assert run.finished_at is not None
    assert faults(run) == expected_faults(ROSTER.name)
    assert registered() == 374
    job = job_of(run)
    assert (job.state, job.done, job.total) == ("done", 408, 408)
    assert job.result_url == f"/imports/{run.pk}/"


def test_declaration_of_consent_is_kept_on_each_volunteer(counties: Cast) -> None:
    run = bring(counties, ROSTER)
    assert "清城区" in run.declaration
    with as_owner():
        kept = set(Volunteer.objects.filter(source="import").values_list("consent_evidence"))
    assert kept == {(run.declaration,)}


def test_roster_without_consent_is_not_brought_in(counties: Cast) -> None:
    run = run_job(send(counties, ROSTER))
    with pytest.raises(Refusal) as refused:
        order(run, counties.recorder_441802, consent=False)
    assert refused.value.code == "consent_missing"
    assert registered() == 0


def test_identifiers_are_masked_in_what_is_kept(counties: Cast) -> None:
    run = bring(counties, ROSTER)
    with as_owner():
        values = dict(run.faults.values_list("row", "value"))
    assert values[13] == "4499**********0100"  # a wrong check digit
    assert values[111] == "19******10"  # a digit short
    assert values[146] == "新设街道办"
    assert not any("44990019" in str(cell) for cells in run.outline["samples"] for cell in cells)


def test_hours_follow_the_roster(counties: Cast) -> None:
    bring(counties, ROSTER)
    run = bring(counties, HOURS, ImportKind.HOURS)
    assert faults(run) == expected_faults(HOURS.name)
    with as_owner():
        sheets = {record.sheet.title for record in ServiceRecord.objects.select_related("sheet")}
    assert sheets == {HOURS.name}


def test_same_file_again_adds_nothing_and_names_the_first_import(counties: Cast) -> None:
    first = bring(counties, ROSTER)
    again = bring(counties, ROSTER)
    assert (again.accepted, again.already) == (0, 374)
    assert again.sha256 == first.sha256
    with as_owner():
        assert ImportRun.objects.of_same_file(again).get() == first
        assert list(ImportRun.objects.faulty().order_by("pk")) == [first, again]
    assert again.to_mend == 34


def test_refused_rows_are_mended_in_the_workbook_and_come_again(
    counties: Cast, tmp_path: Path
) -> None:
    """The workbook of refused rows, its cells corrected, is imported as it is."""
    run = bring(counties, ROSTER)
    header, rows = refused_rows(run, tmp_path)
    assert header[:10] == ROSTER_HEADER
    assert len(header) == 12
    assert len(rows) == 34
    assert all(cells[10] and str(cells[11]).endswith(("。", ".")) for cells in rows)
    path = write_workbook(tmp_path / "mended.xlsx", header, [mended(cells) for cells in rows])
    again = bring(counties, path, mends=run)
    # Two townships and three telephones; all others are refused for what they were refused for.
    assert (again.rows, again.accepted) == (34, 5)
    assert registered() == 379
    assert stored(run).mended
    with as_owner():
        assert list(ImportRun.objects.faulty()) == [again]
    assert refused_rows(again, tmp_path)[0] == header


def mended(cells: tuple[Cell, ...]) -> list[Cell]:
    number, name, gender, identity, phone, status, township, *rest = cells
    township = "横荷街道" if township == "新设街道办" else township
    return [number, name, gender, identity, str(phone).ljust(11, "9"), status, township, *rest]


def test_rows_that_stand_already_are_not_given_back(counties: Cast, tmp_path: Path) -> None:
    bring(counties, ROSTER)
    again = bring(counties, ROSTER)
    assert len(refused_rows(again, tmp_path)[1]) == 34


def test_uploaded_file_is_discarded_once_it_is_in(
    counties: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    waiting = send(counties, ROSTER)
    assert default_storage.exists(waiting.file)
    with django_capture_on_commit_callbacks() as callbacks:
        run_job(order(run_job(waiting), counties.recorder_441802))
    for callback in callbacks:
        callback()
    assert not default_storage.exists(waiting.file)
    assert stored(waiting).file == ""


@pytest.mark.parametrize(
    ("days", "kept"), [(6, (True, True)), (8, (False, True)), (31, (False, False))]
)
def test_old_files_are_discarded(
    counties: Cast,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    days: int,
    kept: tuple[bool, bool],
) -> None:
    waiting, done = send(counties, HOURS, ImportKind.HOURS), bring(counties, ROSTER)
    with (
        django_capture_on_commit_callbacks(execute=True),
        acting_as(Scope.for_job("test")),
    ):
        discard_old_files(timezone.now() + timedelta(days=days))
    assert (bool(stored(waiting).file), bool(stored(done).refused_file)) == kept
    assert default_storage.exists(waiting.file) is kept[0]
    assert default_storage.exists(done.refused_file) is kept[1]


def test_settled_import_is_no_longer_listed(counties: Cast) -> None:
    run = bring(counties, ROSTER)
    with acting_as(counties.recorder_441802.scope):
        assert list(ImportRun.objects.faulty()) == [run]
        settle_import(run, actor=counties.recorder_441802)
        assert not ImportRun.objects.faulty().exists()


def test_form_sent_twice_is_one_import(counties: Cast) -> None:
    nonce = uuid4()
    first, second = (send(counties, ROSTER, nonce=nonce) for _ in range(2))
    assert first.pk == second.pk
    assert first.job_id == second.job_id


def test_asking_twice_is_asking_once(counties: Cast) -> None:
    actor = counties.recorder_441802
    run = run_job(send(counties, ROSTER))
    assert order(run, actor).job_id == order(run, actor).job_id


def test_import_is_brought_in_once_only(counties: Cast) -> None:
    run = bring(counties, ROSTER)
    with pytest.raises(Refusal) as refused:
        order(run, counties.recorder_441802)
    assert refused.value.code == "already_imported"


def test_unknown_columns_are_asked_for(counties: Cast, tmp_path: Path) -> None:
    header = ["甲", "乙", "丙", "丁"]
    cells = [identity_number(102), "陈桐思", "19900000001", "横荷"]
    path = write_workbook(tmp_path / "odd.xlsx", header, [cells])
    run = run_job(send(counties, path))
    assert run.stage == "columns"
    assert set(run.outline["missing"]) == {"name", "id_number", "phone"}
    assert run.outline["header"] == header
    actor = counties.recorder_441802
    with acting_as(actor.scope):
        run = choose_columns(
            run,
            mapping={"id_number": 0, "name": 1, "phone": 2, "township": 3},
            sheet=None,
            header_row=1,
            actor=actor,
        )
    run = run_job(run)
    assert (run.stage, run.findings["accepted"]) == ("checked", 1)
    assert run_job(order(run, actor)).accepted == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_unreadable_file_fails_with_a_sentence(
    counties: Cast, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    run = run_job(send(counties, path))
    job = job_of(run)
    assert (run.stage, job.state) == ("uploaded", "failed")
    assert job.error


def test_empty_file_is_refused_at_once(counties: Cast, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.touch()
    with pytest.raises(Refusal) as refused:
        send(counties, path)
    assert (refused.value.code, refused.value.field) == ("empty_file", "file")


def test_large_file_is_refused_at_once(counties: Cast, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    with pytest.raises(Refusal) as refused:
        send(counties, ROSTER)
    assert refused.value.code == "file_too_large"


def test_auditor_imports_nothing(counties: Cast) -> None:
    with pytest.raises(PermissionDenied):
        sent(
            ROSTER,
            ImportKind.VOLUNTEERS,
            committee=counties.committee("44"),
            actor=counties.province_auditor,
        )


def test_imports_of_another_county_are_not_seen(counties: Cast) -> None:
    run = bring(counties, ROSTER)
    with acting_as(counties.county_440606.scope):
        assert not ImportRun.objects.exists()
        assert not ImportFault.objects.exists()
    with acting_as(counties.city_4418.scope):
        assert ImportRun.objects.get() == run
        assert ImportFault.objects.count() == 34


def test_every_stored_fault_can_be_said_again(counties: Cast) -> None:
    runs = [bring(counties, ROSTER), bring(counties, HOURS, ImportKind.HOURS)]
    with as_owner():
        for run in runs:
            for fault in run.faults.all():
                assert fault_of(run.kind, fault.code, fault.params).message
