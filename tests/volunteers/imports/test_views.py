"""The pages of imports, as the county officer goes through them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.imports.arranging import (
    brought_in,
    job_of,
    order,
    run_job,
    sent,
    stored,
    upload,
)
from tests.volunteers.workbooks import DATA, write_workbook
from volunteers.imports.models import ImportKind, ImportRun
from volunteers.registry.models import Volunteer

ROSTER = DATA / "roster-441802.xlsx"
NEW = "/imports/new/"


@pytest.fixture
def desk(counties: Cast, client: Client) -> Client:
    return log_in(client, counties.recorder_441802)


def form(path: Path = ROSTER, **more: Any) -> dict[str, Any]:
    return {
        "kind": "volunteers",
        "committee": "441802",
        "file": upload(path),
        "nonce": str(uuid4()),
        **more,
    }


def the_run() -> ImportRun:
    with as_owner():
        return ImportRun.objects.get()


def send(cast: Cast, path: Path = ROSTER, kind: ImportKind = ImportKind.VOLUNTEERS) -> ImportRun:
    return sent(path, kind, committee=cast.committee("441802"), actor=cast.recorder_441802)


def bring(cast: Cast, path: Path = ROSTER) -> ImportRun:
    committee, actor = cast.committee("441802"), cast.recorder_441802
    return brought_in(path, ImportKind.VOLUNTEERS, committee=committee, actor=actor)


def test_officer_brings_a_roster_in(desk: Client) -> None:
    page = desk.get(NEW, {"kind": "volunteers"})
    assert page.status_code == 200
    answer = desk.post(NEW, form())
    run = the_run()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/imports/{run.pk}/")
    address = f"/imports/{run.pk}/"
    assert "watch=1" in desk.get(address).content.decode()

    run_job(run)
    page = desk.get(address)
    assert page.context["findings"]["accepted"] == 374
    assert "374" in page.content.decode()

    answer = desk.post(f"{address}take/", {"consent_declared": "on"})
    assert answer.status_code == 302
    run_job(stored(run))
    page = desk.get(address)
    assert len(page.context["rows"]) == 34
    assert "新设街道办" in page.content.decode()
    with as_owner():
        assert Volunteer.objects.filter(source="import").count() == 374


def test_waiting_page_learns_that_the_work_has_ended(desk: Client, counties: Cast) -> None:
    run = send(counties)
    address = f"/imports/{run.pk}/?watch=1"
    assert desk.get(address).status_code == 204
    run_job(run)
    answer = desk.get(address)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (200, "true")


def test_without_consent_nothing_is_ordered(desk: Client, counties: Cast) -> None:
    run = run_job(send(counties))
    answer = desk.post(f"/imports/{run.pk}/take/", follow=True)
    assert stored(run).job_id == run.job_id
    assert [str(message) for message in answer.context["messages"]]


def test_form_keeps_what_was_chosen(desk: Client, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    answer = desk.post(NEW, form(empty))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"file"}
    assert answer.context["form"]["kind"].value() == "volunteers"
    with as_owner():
        assert not ImportRun.objects.exists()


def test_form_sent_twice_is_one_import(desk: Client) -> None:
    twice = uuid4()
    first, second = (desk.post(NEW, form(nonce=str(twice))) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert the_run().nonce == twice


def test_columns_can_be_chosen(desk: Client, counties: Cast, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "odd.xlsx", ["甲", "乙", "丙"], [["张三", "1", "2"]])
    run = run_job(send(counties, path))
    answer = desk.get(f"/imports/{run.pk}/")
    assert answer.headers["Location"] == f"/imports/{run.pk}/columns/"
    page = desk.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "张三" in page.content.decode()
    chosen = {"header_row": "1", "column_name": "0", "column_id_number": "0"}
    again = desk.post(answer.headers["Location"], chosen)
    assert set(again.context["form"].errors) == {"column_id_number", "column_phone"}
    chosen |= {"column_id_number": "1", "column_phone": "2"}
    assert desk.post(answer.headers["Location"], chosen).status_code == 302
    assert run_job(stored(run)).stage == "checked"


def test_another_header_row_is_read_anew(desk: Client, counties: Cast, tmp_path: Path) -> None:
    header = ["姓名", "身份证号", "联系电话"]
    path = write_workbook(
        tmp_path / "rows.xlsx", ["花名册"], [["说明"], header, ["张三", "1", "2"]]
    )
    run = run_job(send(counties, path))
    assert run.outline["header_row"] == 3
    where = f"/imports/{run.pk}/columns/"
    assert desk.post(where, {"header_row": "1"}).status_code == 302
    assert run_job(stored(run)).stage == "columns"
    assert desk.post(where, {"header_row": "3"}).status_code == 302
    assert run_job(stored(run)).stage == "checked"


def test_result_pages_and_filters(desk: Client, counties: Cast) -> None:
    run = bring(counties)
    address = f"/imports/{run.pk}/"
    page = desk.get(address, {"field": "township"})
    assert [fault.row for fault in page.context["rows"]] == [146, 238]
    more = desk.get(address, {"after": "400"}, headers={"HX-Request": "true"})
    assert [fault.row for fault in more.context["rows"]] == list(range(403, 411))
    assert "<html" not in more.content.decode()


def test_rows_that_stand_already_are_listed_only_when_asked_for(
    desk: Client, counties: Cast
) -> None:
    run = bring(counties)
    with as_owner():
        where = {"name": "罗明", "number": "1000000014", "committee": "横荷街道"}
        run.faults.filter(field="township").update(
            code="already_recorded", params={**where, "date": "2026-11-01"}
        )
        ImportRun.objects.filter(pk=run.pk).update(already=2)
    listed = [fault.row for fault in desk.get(f"/imports/{run.pk}/").context["rows"]]
    assert listed
    assert not {146, 238} & set(listed)
    asked = desk.get(f"/imports/{run.pk}/", {"field": "already_recorded"})
    assert [fault.row for fault in asked.context["rows"]] == [146, 238]


def test_list_shows_those_to_mend_first(desk: Client, counties: Cast) -> None:
    run = bring(counties)
    page = desk.get("/imports/")
    assert [shown.run for shown in page.context["to_mend"]] == [run]
    assert desk.post(f"/imports/{run.pk}/settle/").status_code == 302
    page = desk.get("/imports/")
    assert page.context["to_mend"] == []
    assert [shown.run for shown in page.context["rows"]] == [run]


def test_empty_list_says_what_to_do(desk: Client) -> None:
    assert NEW in desk.get("/imports/").content.decode()


def test_refused_rows_are_downloaded(desk: Client, counties: Cast) -> None:
    run = bring(counties)
    answer = desk.get(f"/imports/{run.pk}/refused/")
    assert not answer.streaming
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    desk.post(f"/imports/{run.pk}/settle/")
    assert desk.get(f"/imports/{run.pk}/refused/").status_code == 302


def test_second_import_of_a_file_says_so(desk: Client, counties: Cast) -> None:
    first = bring(counties)
    again = run_job(send(counties))
    page = desk.get(f"/imports/{again.pk}/")
    assert page.context["before"] == first
    assert page.context["nothing_new"]
    assert f"/imports/{again.pk}/take/" not in page.content.decode()


def test_failed_reading_says_why_and_how_to_go_on(
    desk: Client, counties: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    run = run_job(send(counties, path))
    page = desk.get(f"/imports/{run.pk}/").content.decode()
    assert 'role="alert"' in page
    assert f"{NEW}?kind=volunteers" in page


PAGES = ("", "columns/", "refused/")
ACTS = ("take/", "settle/")


@pytest.mark.parametrize("username", ["county-440606", "township-440606103"])
def test_imports_of_another_county_are_not_found(
    counties: Cast, client: Client, username: str
) -> None:
    run = bring(counties)
    log_in(client, counties.actor(username))
    for page in PAGES:
        assert client.get(f"/imports/{run.pk}/{page}").status_code == 404
    for act in ACTS:
        assert client.post(f"/imports/{run.pk}/{act}").status_code == 404
    assert list(client.get("/imports/").context["rows"]) == []


@pytest.mark.parametrize("username", ["province-auditor", "volunteer"])
def test_who_may_not_import_gets_no_page(counties: Cast, client: Client, username: str) -> None:
    run = bring(counties)
    log_in(client, counties.actor(username))
    for page in ("/imports/", NEW, *(f"/imports/{run.pk}/{page}" for page in PAGES)):
        assert client.get(page).status_code == 403


def test_committee_outside_the_scope_cannot_be_chosen(counties: Cast, client: Client) -> None:
    log_in(client, counties.county_440606)
    answer = client.post(NEW, form())
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"committee"}
    with as_owner():
        assert not ImportRun.objects.exists()


def test_recorder_is_not_offered_the_ledger(desk: Client) -> None:
    page = desk.get(NEW)
    assert [kind for kind, _label in page.context["form"].fields["kind"].choices] == [
        "volunteers",
        "hours",
    ]


def test_colleague_sees_how_far_an_import_is(counties: Cast, client: Client) -> None:
    """The job belongs to who asked; a colleague sees the import and the result."""
    run = send(counties)
    log_in(client, counties.county_441802)
    assert client.get(f"/imports/{run.pk}/").status_code == 200
    order(run_job(run), counties.recorder_441802)
    assert client.get(f"/imports/{run.pk}/").status_code == 200
    run_job(stored(run))
    assert len(client.get(f"/imports/{run.pk}/").context["rows"]) == 34


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(
    desk: Client, counties: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        run_job(send(counties))
    desk.get("/imports/")
    with django_assert_num_queries(8):
        desk.get("/imports/")


def test_workbook_of_another_kind_is_read_as_what_it_is(desk: Client, counties: Cast) -> None:
    chosen = form(kind="hours")
    where = desk.post(NEW, chosen).headers["Location"]
    run = run_job(the_run())
    assert run.stage == "columns"
    page = desk.get(f"{where}columns/")
    assert page.context["other"] == "volunteers"
    assert desk.post(f"{where}columns/", {"read_as": "volunteers"}).status_code == 302
    run = run_job(stored(run))
    assert (run.kind, run.stage) == ("volunteers", "checked")
    # What it is already is not offered, and a wrong wish changes nothing.
    desk.post(f"{where}columns/", {"read_as": "hours"})
    assert stored(run).kind == "volunteers"


def test_check_without_anything_to_bring_in_waits_for_nobody(desk: Client, counties: Cast) -> None:
    bring(counties)
    run_job(send(counties))
    shown = desk.get("/imports/").context["rows"][0]
    assert (shown.tone, shown.label) == ("draft", "无可录入")


def test_messages_say_how_many_rows_were_refused(desk: Client, counties: Cast) -> None:
    run = bring(counties)
    assert job_of(run).refused == run.to_mend > 0
    again = run_job(send(counties))
    assert job_of(again).refused == again.findings["refused"] - again.findings["already"]
    assert again.findings["already"] > 0
