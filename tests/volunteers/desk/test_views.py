"""The desk's addresses, as the page's script uses them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.volunteers.desk.arranging import COMMON, THERE, common, person, save, typed
from volunteers.desk.domain import begin_draft, submit_rows
from volunteers.desk.models import Draft, DraftState
from volunteers.desk.summary.dueness import Due
from volunteers.hours.models import ServiceRecord


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    return log_in(client, cast.recorder_441802)


def new_draft(actor: Actor) -> Draft:
    with acting_as(actor.scope):
        return save(begin_draft(actor=actor), actor, shared=common()).draft


def post(client: Client, name: str, draft: Draft, body: Any, **headers: str) -> Any:
    address = reverse(f"desk:{name}", args=[draft.pk])
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def sent(text: str = "", *, key: UUID | None = None, base: int = 0, **more: Any) -> dict[str, Any]:
    row = {"key": str(key or uuid4()), "base": base, "position": 1, "removed": False}
    return {**row, "cells": {"person": text}, "volunteer": None, **more}


def test_draft_goes_from_typing_to_a_sheet(cast: Cast, desk: Client) -> None:
    answer = desk.post(reverse("desk:draft-create"))
    draft = Draft(pk=UUID(answer.headers["Location"].split("/")[-2]))
    row, wrong = sent(cast.volunteer.name), sent("无此人", position=2)
    saved = post(
        desk, "draft-rows", draft,
        {"since": 0, "window": str(uuid4()), "common": COMMON, "common_base": 0,
         "rows": [row, wrong]},
    ).json()  # fmt: skip
    assert saved["common"]["activity"] == "敬老院探访"
    shown = {each["key"]: each for each in saved["rows"]}
    assert shown[row["key"]]["state"] == "ready"
    assert shown[row["key"]]["volunteer"]["number"] == cast.volunteer.number
    assert shown[row["key"]]["effective"]["start"] == "14:00"
    assert shown[wrong["key"]]["field"] == "person"
    assert "无此人" in shown[wrong["key"]]["message"]
    done = post(desk, "draft-submit", draft, {"keys": [row["key"]]}).json()
    assert (done["submitted"], done["minutes"], done["refused"]) == (1, 120, [])
    assert desk.get(done["sheet"]).status_code == 200
    states = {each["key"]: each["state"] for each in done["changes"]["rows"]}
    assert states == {row["key"]: "submitted", wrong["key"]: "refused"}
    again = post(desk, "draft-submit", draft, {"keys": [row["key"]]}).json()
    assert (again["submitted"], again["sheet"]) == (1, done["sheet"])


def test_window_learns_what_another_changed_and_by_whom(cast: Cast, desk: Client) -> None:
    draft, row = new_draft(cast.recorder_441802), sent("甲")
    since = post(desk, "draft-rows", draft, {"since": 0, "rows": [row]}).json()["revision"]
    with acting_as(cast.county_441802.scope):
        theirs = typed("乙", key=UUID(row["key"]), base=since)
        save(draft, cast.county_441802, theirs, window=THERE)
    address = reverse("desk:draft-changes", args=[draft.pk])
    changes = desk.get(address, {"since": since}).json()
    assert [each["cells"]["person"] for each in changes["rows"]] == ["乙"]
    assert changes["by"] == "county-441802（清城区）"
    assert desk.get(address, {"since": changes["revision"]}).json()["rows"] == []
    mine = sent("丙", key=UUID(row["key"]), base=since)
    answer = post(desk, "draft-rows", draft, {"since": since, "rows": [mine]}).json()
    (conflict,) = answer["conflicts"]
    assert conflict["theirs"]["cells"]["person"] == "乙"


def test_paste_makes_rows_between_others(cast: Cast, desk: Client) -> None:
    draft = new_draft(cast.recorder_441802)
    post(desk, "draft-rows", draft, {"rows": [sent("甲"), sent("乙", position=2)]})
    answer = post(
        desk,
        "draft-paste",
        draft,
        {"text": f"1. {cast.volunteer.name}\n合计1人\n李四 2h", "after": 1},
    ).json()
    assert (answer["unread"], answer["left_out"]) == ([], ["合计1人"])
    assert len(answer["made"]) == 2
    assert [each["cells"]["person"] for each in answer["rows"]] == [
        "甲", cast.volunteer.name, "李四", "乙",
    ]  # fmt: skip


def test_page_holds_the_draft_and_checks_it_anew(cast: Cast, desk: Client) -> None:
    draft = new_draft(cast.recorder_441802)
    with acting_as(cast.recorder_441802.scope):
        for number in range(2):
            copy = begin_draft(actor=cast.recorder_441802) if number else draft
            row = typed(cast.volunteer.name)
            copy = save(copy, cast.recorder_441802, row, shared=common()).draft
            if number:
                submit_rows(copy, actor=cast.recorder_441802)
    answer = desk.get(reverse("desk:draft-detail", args=[draft.pk]))
    (row_shown,) = answer.context["data"]["rows"]
    assert row_shown["state"] == "refused"
    assert answer.context["data"]["urls"]["rows"] == reverse("desk:draft-rows", args=[draft.pk])
    assert b'id="desk-data"' in answer.content


@pytest.mark.parametrize(
    "body",
    [
        "[]", "{", '{"rows": 1}', '{"rows": [{"key": "x"}]}', '{"common": []}', '{"since": -1}',
        '{"rows": [{"key": "7d1b6b1e-6f0c-4c0e-9a39-3f7f1f2f5a01", "position": NaN}]}',
        '{"rows": [{"key": "7d1b6b1e-6f0c-4c0e-9a39-3f7f1f2f5a01", "position": 1, "base": true}]}',
    ],
)  # fmt: skip
def test_body_that_makes_no_sense_is_400(cast: Cast, desk: Client, body: str) -> None:
    draft = new_draft(cast.recorder_441802)
    address = reverse("desk:draft-rows", args=[draft.pk])
    answer = desk.post(address, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "malformed"


def test_refusal_is_409_and_writes_nothing(cast: Cast, desk: Client) -> None:
    draft = new_draft(cast.recorder_441802)
    body = {"rows": [sent(cast.volunteer.name)], "common": {**COMMON, "evidence": ""},
            "common_base": draft.common_revision}  # fmt: skip
    assert post(desk, "draft-rows", draft, body).status_code == 200
    answer = post(desk, "draft-submit", draft, {})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "evidence_missing"
    with acting_as(cast.recorder_441802.scope):
        assert not ServiceRecord.objects.exists()


def test_somebody_else_who_signed_in_writes_nothing_in_ones_name(cast: Cast, desk: Client) -> None:
    draft = new_draft(cast.recorder_441802)
    answer = post(desk, "draft-rows", draft, {"rows": [sent("甲")]}, X_Desk_User="0")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "other_user")


def test_discarded_draft_leaves_the_list_and_comes_back(cast: Cast, desk: Client) -> None:
    draft = new_draft(cast.recorder_441802)
    listing = reverse("desk:draft-list")
    assert draft.pk in {each.draft.pk for each in desk.get(listing).context["drafts"]}
    desk.post(reverse("desk:draft-discard", args=[draft.pk]))
    answer = desk.get(listing)
    assert not answer.context["drafts"]
    restore = reverse("desk:draft-restore", args=[draft.pk])
    assert restore in answer.content.decode()
    desk.post(restore)
    assert desk.get(listing).context["drafts"]


def test_draft_says_until_when_its_rows_are_in_time(cast: Cast, desk: Client) -> None:
    """Saturday 16 May 2026: the tenth working day after it is Friday 29 May."""
    draft = new_draft(cast.recorder_441802)
    address, listing = reverse("desk:draft-detail", args=[draft.pk]), reverse("desk:draft-list")
    assert desk.get(address).context["due"] is None
    post(desk, "draft-rows", draft, {"rows": [sent("甲"), sent("乙", position=2)]})
    due = Due(date(2026, 5, 29), is_late=False)
    with time_machine.travel("2026-05-29T23:50:00+08:00"):
        assert desk.get(address).context["due"] == due
        assert [each.due for each in desk.get(listing).context["drafts"]] == [due]
    with time_machine.travel("2026-05-30T00:05:00+08:00"):
        assert desk.get(address).context["due"] == Due(date(2026, 5, 29), is_late=True)


def test_list_sent_again_after_a_lost_answer_makes_its_rows_once(cast: Cast, desk: Client) -> None:
    draft, body = (
        new_draft(cast.recorder_441802),
        {"text": "王小明\t2\n李小红\t3", "key": str(uuid4())},
    )
    first = post(desk, "draft-paste", draft, body).json()
    changed = sent("丙", key=UUID(first["made"][0]), base=first["revision"])
    post(desk, "draft-rows", draft, {"rows": [changed]})
    again = post(desk, "draft-paste", draft, body).json()
    assert again["made"] == first["made"]
    assert [row["cells"]["person"] for row in again["rows"]] == ["丙", "李小红"]


def test_template_is_kept_renamed_and_begun_with(cast: Cast, desk: Client) -> None:
    draft = new_draft(cast.recorder_441802)
    post(desk, "draft-rows", draft, {"rows": [sent(cast.volunteer.name)]})
    desk.post(reverse("desk:draft-keep", args=[draft.pk]), {"name": "周六"})
    with acting_as(cast.recorder_441802.scope):
        template = Draft.objects.get(state=DraftState.TEMPLATE)
    desk.post(reverse("desk:template-rename", args=[template.pk]), {"name": "周日"})
    answer = desk.post(reverse("desk:draft-create"), {"template": template.pk}, follow=True)
    assert answer.context["data"]["common"]["title"] == "周日"
    assert len(answer.context["data"]["rows"]) == 1


def test_finder_knows_the_drafts_committee(cast: Cast, client: Client) -> None:
    person(cast.committee("441802009"), "刘霞明")
    person(cast.committee("440606103"), "刘何处")
    draft = new_draft(cast.recorder_441802)
    log_in(client, cast.province)
    address = reverse("desk:people")
    everybody = client.get(address, {"q": "刘"}).json()["people"]
    assert {each["name"] for each in everybody} == {"刘霞明", "刘何处"}
    below = client.get(address, {"q": "刘", "draft": str(draft.pk)}).json()["people"]
    assert [each["name"] for each in below] == ["刘霞明"]
    log_in(client, cast.county_440606)
    assert client.get(address, {"q": "刘", "draft": str(draft.pk)}).status_code == 404


def test_lists_and_pages_cost_as_many_queries_for_three_rows_as_for_one(
    cast: Cast, desk: Client, django_assert_num_queries: Any
) -> None:
    draft = new_draft(cast.recorder_441802)
    for number in (1, 2, 3):
        post(desk, "draft-rows", draft, {"rows": [sent(cast.volunteer.name, position=number)]})
        with acting_as(cast.recorder_441802.scope):
            submit_rows(draft, actor=cast.recorder_441802)
            new = begin_draft(actor=cast.recorder_441802)
            save(new, cast.recorder_441802, typed(cast.volunteer.name), shared=common())
        if number == 2:
            continue
        with django_assert_num_queries(QUERIES_OF_LIST):
            desk.get(reverse("desk:draft-list"))
        with django_assert_num_queries(QUERIES_OF_CHANGES):
            desk.get(reverse("desk:draft-changes", args=[draft.pk]), {"since": 0})


QUERIES_OF_LIST, QUERIES_OF_CHANGES = 13, 12
