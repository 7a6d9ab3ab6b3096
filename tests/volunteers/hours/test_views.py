"""The desk's pages: who gets which, what they show, and what their buttons do."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from tests.volunteers.hours.desk import DAY, enter, typed
from volunteers.hours.domain import ask_correction
from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord


@pytest.fixture
def submitted(cast: Cast) -> ServiceRecord:
    with acting_as(cast.recorder_441802.scope):
        return enter(cast.recorder_441802, cast.volunteer)


def a_sheet(cast: Cast, *, rows: int, state: str = "submitted") -> HoursSheet:
    county = cast.committee("441802")
    with as_owner():
        sheet: HoursSheet = HoursSheetFactory(committee=county)
        for _row in range(rows):
            ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=county), sheet=sheet, state=state
            )
    return sheet


def state_of(cast: Cast, record: ServiceRecord) -> str:
    with acting_as(cast.province.scope):
        return ServiceRecord.objects.get(pk=record.pk).state


def said(client: Client, address: str) -> str:
    """The page with the messages that an action left."""
    return client.get(address).content.decode()


def addresses(record: ServiceRecord) -> dict[str, str]:
    return {
        "list": reverse("hours:sheet-list"),
        "sheet": reverse("hours:sheet-detail", args=[record.sheet_id]),
        "records": reverse("hours:record-list"),
        "record": reverse("hours:record-detail", args=[record.pk]),
        "corrections": reverse("hours:correction-list"),
    }


@pytest.mark.parametrize(
    ("username", "title"),
    [
        ("county-441802", "待确认时长"),
        ("county-441802-recorder", "已录入时长"),
        ("province-auditor", "等待确认的时长"),
    ],
)
def test_queue_is_called_what_its_reader_can_do(
    cast: Cast, submitted: ServiceRecord, client: Client, username: str, title: str
) -> None:
    log_in(client, cast.actor(username))
    queue, record_list = (said(client, addresses(submitted)[page]) for page in ("list", "records"))
    assert f"<h1>{title}</h1>" in queue
    assert title in record_list, "and the way back to it"
    assert f"{submitted.hours} 小时 · 1 人" in queue, "a phone shows the hours in the first column"


def test_pages_answer_by_right_and_scope(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    pages = addresses(submitted)
    for username in ("county-441802", "county-441802-recorder", "city-4418", "province-auditor"):
        log_in(client, cast.actor(username))
        for name, address in pages.items():
            assert client.get(address).status_code == 200, (username, name)
    log_in(client, cast.county_440606)
    assert client.get(pages["sheet"]).status_code == 404
    assert client.get(pages["record"]).status_code == 404
    assert submitted.volunteer_name not in said(client, pages["records"])
    log_in(client, cast.person)
    for name, address in pages.items():
        assert client.get(address).status_code == 403, name


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("records-confirm", "hours.confirm"),
        ("record-void", "hours.void"),
        ("sheet-confirm", "hours.confirm"),
        ("sheet-return", "hours.confirm"),
        ("correction-decline", "corrections.answer"),
    ],
)
def test_recorder_and_auditor_may_not_decide(
    cast: Cast, submitted: ServiceRecord, client: Client, name: str, needs: str
) -> None:
    arguments = [submitted.sheet_id] if name.startswith(("sheet", "correction")) else []
    address = reverse(f"hours:{name}", args=arguments)
    for actor in (cast.recorder_441802, cast.province_auditor):
        assert not actor.may(needs)
        log_in(client, actor)
        answer = client.post(address, {"selected": submitted.pk, "reason": "重复"})
        assert answer.status_code == 403
    assert state_of(cast, submitted) == "submitted"


def test_queue_shows_sheets_and_grows_by_more(cast: Cast, client: Client) -> None:
    sheets = [a_sheet(cast, rows=1) for _each in range(21)]
    log_in(client, cast.county_441802)
    page = client.get(reverse("hours:sheet-list"))
    assert sheets[0].title in page.content.decode()
    assert sheets[20].title not in page.content.decode()
    more = client.get(page.context["next_url"], headers={"HX-Request": "true"}).content.decode()
    assert sheets[20].title in more
    assert "<html" not in more


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_and_three_rows(cast: Cast, client: Client, rows: int) -> None:
    for _each in range(rows - 1):
        a_sheet(cast, rows=1)
    sheet = a_sheet(cast, rows=rows)
    log_in(client, cast.county_441802)
    counts = {}
    for name, address in {
        "queue": reverse("hours:sheet-list"),
        "sheet": reverse("hours:sheet-detail", args=[sheet.pk]),
        "records": reverse("hours:record-list"),
    }.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts[name] = len(queries)
    assert counts == {"queue": 13, "sheet": 16, "records": 10}


def test_ticked_records_are_confirmed_and_the_confirmation_is_taken_back(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    log_in(client, cast.county_441802)
    sheet = reverse("hours:sheet-detail", args=[submitted.sheet_id])
    answer = client.post(
        reverse("hours:records-confirm"), {"selected": [submitted.pk, "x"], "next": sheet}
    )
    assert answer["Location"] == sheet
    assert state_of(cast, submitted) == "confirmed"
    page = client.get(sheet)
    (message,) = page.context["messages"]
    assert message.extra_tags in page.content.decode()
    client.post(message.extra_tags)
    assert state_of(cast, submitted) == "submitted"


def test_undo_takes_back_that_batch_and_no_other(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    sheet = a_sheet(cast, rows=2)
    log_in(client, cast.county_441802)
    client.post(reverse("hours:sheet-confirm", args=[sheet.pk]))
    client.get(reverse("hours:sheet-list"))
    client.post(reverse("hours:records-confirm"), {"selected": submitted.pk})
    (message,) = client.get(reverse("hours:sheet-list")).context["messages"]
    log_in(client, cast.city_4418)
    client.post(message.extra_tags)
    assert state_of(cast, submitted) == "confirmed", "only who confirmed takes it back"
    log_in(client, cast.county_441802)
    client.post(message.extra_tags)
    assert state_of(cast, submitted) == "submitted"
    with acting_as(cast.county_441802.scope):
        assert ServiceRecord.objects.filter(sheet=sheet).confirmed().count() == 2


def test_whole_sheet_is_confirmed_without_own_entries(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    with as_owner():
        own = ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=submitted.committee,
            sheet=submitted.sheet,
            state="submitted",
            recorded_by=cast.county_441802.user,
        )
    log_in(client, cast.county_441802)
    answer = client.post(reverse("hours:sheet-confirm", args=[submitted.sheet_id]), follow=True)
    texts = [str(message) for message in answer.context["messages"]]
    assert len(texts) == 2
    assert state_of(cast, submitted) == "confirmed"
    assert state_of(cast, own) == "submitted"


def test_sheet_is_sent_back_seen_by_its_enterer_and_submitted_again(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    log_in(client, cast.county_441802)
    address = reverse("hours:sheet-return", args=[submitted.sheet_id])
    client.post(address, {"reason": ""})
    assert state_of(cast, submitted) == "submitted"
    client.post(address, {"reason": "缺签到表第二页"})
    assert state_of(cast, submitted) == "draft"
    log_in(client, cast.recorder_441802)
    assert "缺签到表第二页" in said(client, reverse("hours:sheet-list"))
    assert "缺签到表第二页" in said(client, addresses(submitted)["sheet"])
    client.post(reverse("hours:sheet-submit", args=[submitted.sheet_id]))
    assert state_of(cast, submitted) == "submitted"


def test_sending_back_is_taken_back_by_the_undo_beside_what_was_said(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    log_in(client, cast.county_441802)
    address = reverse("hours:sheet-return", args=[submitted.sheet_id])
    answer = client.post(address, {"reason": "缺签到表第二页"}, follow=True)
    (message,) = answer.context["messages"]
    client.post(message.extra_tags)
    assert state_of(cast, submitted) == "submitted"


def test_records_are_voided_with_a_reason(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    log_in(client, cast.county_441802)
    address = reverse("hours:record-void")
    client.post(address, {"selected": submitted.pk, "reason": " "})
    assert state_of(cast, submitted) == "submitted"
    client.post(address, {"selected": submitted.pk, "reason": "重复录入"})
    assert state_of(cast, submitted) == "void"
    assert "重复录入" in said(client, addresses(submitted)["record"])


def test_nothing_ticked_is_said(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    answer = client.post(reverse("hours:records-confirm"), follow=True)
    (message,) = answer.context["messages"]
    assert message.level_tag == "error"


def test_way_back_leads_nowhere_else(cast: Cast, submitted: ServiceRecord, client: Client) -> None:
    log_in(client, cast.county_441802)
    address = reverse("hours:records-confirm")
    for target in ("https://elsewhere.example/", "//elsewhere.example", ""):
        for answer in (
            client.post(address, {"next": target}),
            client.post(address, headers={"Referer": target}),
        ):
            assert answer["Location"] == reverse("hours:sheet-list")
    here = client.post(address, headers={"Referer": "http://testserver/hours/sheets/1/"})
    assert here["Location"] == "http://testserver/hours/sheets/1/"


def test_draft_is_changed_on_its_page(cast: Cast, client: Client) -> None:
    with acting_as(cast.recorder_441802.scope):
        draft = enter(cast.recorder_441802, cast.volunteer, draft=True)
    log_in(client, cast.recorder_441802)
    address = reverse("hours:record-edit", args=[draft.pk])
    assert 'value="14:00"' in said(client, address)
    client.post(address, typed(cast.volunteer, end="15:00"))
    with acting_as(cast.county_441802.scope):
        assert ServiceRecord.objects.get().minutes == 60


def test_record_is_corrected_on_its_page(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    log_in(client, cast.county_441802)
    address = reverse("hours:record-correct", args=[submitted.pk])
    refused = client.post(address, typed(cast.volunteer, end="15:00"))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    answer = client.post(address, typed(cast.volunteer, end="15:00", reason="签到表写的是一小时"))
    with acting_as(cast.county_441802.scope):
        new = ServiceRecord.objects.get(replaces=submitted)
    assert answer["Location"] == reverse("hours:record-detail", args=[new.pk])
    assert state_of(cast, submitted) == "void"
    old_page = said(client, addresses(submitted)["record"])
    assert reverse("hours:record-detail", args=[new.pk]) in old_page
    assert "签到表写的是一小时" in old_page


def test_record_page_tells_how_it_came_to_be(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    log_in(client, cast.county_441802)
    client.post(reverse("hours:records-confirm"), {"selected": submitted.pk})
    page = said(client, addresses(submitted)["record"])
    for words in ("签到表照片", "county-441802-recorder（清城区）", "county-441802（清城区）"):
        assert words in page


def test_correction_request_is_declined_with_an_answer(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    with acting_as(cast.person.scope):
        asked = ask_correction(submitted, actor=cast.person, message="我服务了三个小时")
    log_in(client, cast.county_441802)
    listed = reverse("hours:correction-list")
    assert "我服务了三个小时" in said(client, listed)
    client.post(reverse("hours:correction-decline", args=[asked.pk]), {"reason": "签到表为两小时"})
    assert "我服务了三个小时" not in said(client, listed)
    assert "签到表为两小时" in said(client, f"{listed}?state=answered")
    with acting_as(cast.person.scope):
        assert CorrectionRequest.objects.get().answer == "签到表为两小时"


def test_list_is_narrowed(cast: Cast, client: Client) -> None:
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802103"), name="欧阳晓")
        may = ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("441802"),
            served_on=DAY,
            during=None,
            activity_title="河小青巡河护水",
            kind="environment",
            state="submitted",
        )
        june = ServiceRecordFactory(
            volunteer=other,
            committee=cast.committee("441802103"),
            served_on=date(2026, 6, 30),
            during=None,
        )
    log_in(client, cast.county_441802)

    def found(**asked: str) -> list[int]:
        page = client.get(reverse("hours:record-list"), asked)
        assert page.status_code == 200
        return [row.pk for row in page.context["rows"]]

    both = [june.pk, may.pk]
    assert found() == both
    assert found(month="2026-05") == [may.pk]
    assert found(month="2026-06") == [june.pk]
    assert found(committee="441802103") == [june.pk]
    assert found(state="submitted") == [may.pk]
    assert found(kind="environment") == [may.pk]
    assert found(q="欧阳") == [june.pk]
    assert found(q=other.number) == [june.pk]
    assert found(q="nobody") == []
    assert found(activity="河小青巡河护水") == [may.pk]
    assert found(month="May", state="lost", kind="x") == both, "nonsense narrows nothing"
    log_in(client, cast.city_4418)
    assert found(month="2026-05") == both, "a city narrows by place first"
    assert found(month="2026-05", committee="441802") == [may.pk]
    outside = client.get(reverse("hours:record-list"), {"committee": "440606"})
    assert outside.status_code == 404


def test_list_offers_what_fits_the_state(
    cast: Cast, submitted: ServiceRecord, client: Client
) -> None:
    address = reverse("hours:record-list")
    log_in(client, cast.county_441802)
    assert client.get(address).context["bulk_actions"] == []
    waiting = client.get(address, {"state": "submitted"}).context["bulk_actions"]
    assert [action.get("url") for action in waiting] == [reverse("hours:records-confirm"), None]
    log_in(client, cast.recorder_441802)
    assert client.get(address, {"state": "submitted"}).context["bulk_actions"] == []
    drafts = client.get(address, {"state": "draft"}).context["bulk_actions"]
    assert [action["url"] for action in drafts] == [reverse("hours:records-submit")]
