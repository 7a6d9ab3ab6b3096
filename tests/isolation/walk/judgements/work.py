"""Addresses of the daily work: hours, the desk, imports, evidence, programs."""

from __future__ import annotations

from typing import Any

from tests.database import as_owner
from tests.isolation.walk.calls import (
    a_call,
    a_call_with_signup,
    a_door,
    a_project,
    a_shift,
    a_shift_with_signup,
    a_signup,
    a_station,
    an_added,
)
from tests.isolation.walk.judged import REFUSED, Judged, deed, form, page
from tests.isolation.walk.names import (
    a_checked,
    a_columns,
    a_committee,
    a_confirmation,
    a_correction,
    a_desk_draft,
    a_done,
    a_done_key,
    a_draft,
    a_draft_sheet,
    a_page,
    a_pane,
    a_photograph,
    a_picture,
    a_record,
    a_record_data,
    a_record_key,
    a_selected,
    a_selected_draft,
    a_sheet,
    a_sheet_of_drafts,
    a_sheet_to_repeat,
    a_spot_check,
    a_spot_check_record,
    a_template,
    a_volunteer_key,
    a_waiting_key,
    an_import_data,
    says,
)
from tests.isolation.walk.things import Things, Walked
from volunteers.checkins.models import DoorDevice

__all__ = ["JUDGED"]

_MONTHS = "from=2026-01&to=2026-12"

_AMENDED_RECORD = {
    "activity_title": "巡河",
    "kind": "environment",
    "served_on": "2026-08-01",
    "start": "08:00",
    "end": "10:00",
}

_CALL = {
    "title": "巡河护水",
    "kind": "environment",
    "content": "清理河道",
    "place": "北江边",
    "responsible_person": "责任人",
    "responsible_phone": "0763-0000000",
    "invited": "everybody",
    "visibility": "public",
    "withdrawal_hours": "24",
}
_STATION = {"name": "横荷驿站", "address": "横荷路", "keeper": "守", "keeper_phone": "0763-0000000"}
_SHIFT = {
    "starts_at": "2099-05-01T08:00",
    "ends_at": "2099-05-01T10:00",
    "places": "5",
    "reserve": "0",
    "weeks": "1",
}


def a_device(walked: Walked, things: Things) -> dict[str, Any]:
    with as_owner():
        device = DoorDevice.objects.get(pk=walked.world.key(DoorDevice, things.place))
    return {"activity_id": device.activity_id, "device_id": device.pk}


_ONLY_NEAR = "a workbook is brought in for the own committee or one right below it"

JUDGED: tuple[Judged, ...] = (
    # Activities: that of the walk is a draft, so only who writes gets further
    page("activities:activity-month", "activities.view", asks={"day=2026-11-28": "200"}),
    page("activities:activity-list", "activities.view", asks={"state=published": "200"}),
    form("activities:activity-create", "activities.write", data=says(**_CALL)),
    page("activities:activity-detail", "activities.view", a_call),
    form("activities:activity-edit", "activities.write", a_call, data=says(**_CALL)),
    deed("activities:activity-copy", "activities.write", a_call, data=says(move="week")),
    deed("activities:shift-add", "activities.write", a_call, data=says(**_SHIFT)),
    deed("activities:shift-remove", "activities.write", a_shift),
    deed("activities:activity-submit", "activities.write", a_call),
    deed("activities:activity-approve", "activities.review", a_call, post=REFUSED),
    deed(
        "activities:activity-return",
        "activities.review",
        a_call,
        data=says(reason="写明风险"),
        post=REFUSED,
    ),
    deed(
        "activities:activity-cancel",
        "activities.review",
        a_call,
        data=says(reason="暴雨"),
        post=REFUSED,
    ),
    page("projects:project-list", "activities.view"),
    page("projects:project-detail", "activities.view", a_project),
    form("projects:project-create", "projects.manage", data=says(name="朝阳行动")),
    form("projects:project-edit", "projects.manage", a_project, data=says(name="阳光行动")),
    deed("projects:project-close", "projects.manage", a_project),
    deed("projects:project-reopen", "projects.manage", a_project, post=REFUSED),
    page("stations:station-list", "activities.view"),
    page("stations:station-detail", "activities.view", a_station),
    form("stations:station-create", "stations.manage", data=says(**_STATION)),
    form("stations:station-edit", "stations.manage", a_station, data=says(**_STATION)),
    deed("stations:station-close", "stations.manage", a_station),
    deed("stations:station-reopen", "stations.manage", a_station, post=REFUSED),
    form(
        "changes:activity-amend",
        "activities.review",
        a_call_with_signup,
        data=says(
            place="东岸",
            content="清理",
            risks="",
            responsible_person="责",
            responsible_phone="0763-0000000",
            reason="改期",
        ),
    ),
    form(
        "changes:shift-change",
        "activities.review",
        a_shift_with_signup,
        data=says(
            starts_at="2099-05-01T08:00",
            ends_at="2099-05-01T10:00",
            places="5",
            reserve="0",
            reason="改期",
        ),
    ),
    deed(
        "changes:shift-cancel",
        "activities.review",
        a_shift_with_signup,
        data=says(reason="台风"),
    ),
    page("signups:shift-detail", "activities.view", a_shift_with_signup),
    deed("signups:signup-add", "activities.write", a_shift_with_signup, data=an_added),
    form("signups:signup-substitute", "activities.write", a_signup, post="422"),
    deed("signups:signup-phone", "activities.phone", a_signup, post="200"),
    # Its shifts are days away: refused, with the sentence on the list
    deed("emergencies:contact-show", "activities.phone", a_signup, post="refused"),
    form("signups:signup-remove", "activities.write", a_signup, data=says(reason="重复报名")),
    # Its shifts are still to come, so nobody is marked yet
    page("checkins:door-detail", "activities.write", a_door),
    page("checkins:door-code", "activities.write", a_door),
    deed("checkins:door-scan", "activities.write", a_door, post="422", data=says(text="0000")),
    deed("checkins:door-lock", "activities.write", a_door),
    deed("checkins:door-unlock", "activities.write", a_door, data=says(password="x")),
    page("checkins:offline-detail", "activities.write", a_door),
    deed("checkins:offline-roster", "activities.write", a_door, post="200"),
    # The walk's own activity is a draft: no device scans there yet
    form(
        "checkins:device-list", "activities.write", a_call, data=says(name="东门平板"), post="422"
    ),
    deed("checkins:device-revoke", "activities.write", a_device),
    page("feedback:activity-feedback", "activities.view", a_call_with_signup),
    # Its shifts are still to come, so nothing is said of them yet
    form(
        "feedback:volunteer-feedback",
        "activities.write",
        a_signup,
        data=says(grade="good"),
        post="422",
    ),
    page("notices:notice-list", "activities.view", a_call_with_signup),
    form(
        "notices:notice-send",
        "activities.write",
        a_call_with_signup,
        data=says(title="集合", text="东门集合", audience="standing"),
    ),
    page("attendance:roll-detail", "activities.view", a_shift_with_signup),
    deed("attendance:roll-mark-all", "activities.write", a_shift_with_signup, post=REFUSED),
    form(
        "attendance:attendance-mark",
        "activities.write",
        a_signup,
        data=says(mark="came"),
        post="422",
    ),
    form("attendance:activity-settle", "activities.write", a_call_with_signup, post=REFUSED),
    # Hours
    page("hours:sheet-list", "hours.view"),
    page("hours:sheet-detail", "hours.view", a_sheet),
    deed("hours:sheet-confirm", "hours.confirm", a_sheet),
    deed("hours:sheet-submit", "hours.record", a_draft_sheet),
    deed("hours:sheet-return", "hours.confirm", a_sheet, data=says(reason="缺签到表")),
    # The sheet of the walk has not been sent back.
    deed("hours:return-undo", "hours.confirm", a_sheet, post="refused"),
    page("hours:record-list", "hours.view", asks={"q=觅": "200", "committee={foreign}": "404"}),
    form("hours:record-create", "hours.record", data=a_record_data),
    deed("hours:records-confirm", "hours.confirm", data=a_selected, foreign=REFUSED),
    deed("hours:records-submit", "hours.record", data=a_selected_draft, foreign=REFUSED),
    deed("hours:record-void", "hours.void", data=a_selected, foreign=REFUSED),
    deed(
        "hours:confirmation-withdraw", "hours.confirm", personal=a_confirmation, elsewhere=REFUSED
    ),
    page("hours:record-detail", "hours.view", a_record),
    form("hours:record-edit", "hours.record", a_draft, data=says(**_AMENDED_RECORD)),
    form(
        "hours:record-correct",
        "hours.correct",
        a_record,
        data=says(**_AMENDED_RECORD, reason="时间有误"),
    ),
    # The desk
    page("desk:draft-list", "hours.record"),
    deed("desk:draft-create", "hours.record", data=a_sheet_to_repeat, foreign="404"),
    deed("desk:sheet-reopen", "hours.record", a_sheet_of_drafts),
    page("desk:people", "hours.record", asks={"q=觅": "200", "q=1990000": "200"}),
    deed("desk:template-rename", "hours.record", a_template, data=says(name="周六巡河")),
    page("desk:draft-detail", "hours.record", a_desk_draft),
    deed(
        "desk:draft-rows",
        "hours.record",
        a_desk_draft,
        post="200",
        json=True,
        data=says(
            since=0,
            rows=[
                {
                    "key": "7d1b6b1e-6f0c-4c0e-9a39-3f7f1f2f5a01",
                    "base": 0,
                    "position": 9,
                    "cells": {"person": "觅"},
                }
            ],
        ),
    ),
    page("desk:draft-changes", "hours.record", a_desk_draft, asks={"since=0": "200"}),
    deed(
        "desk:draft-paste",
        "hours.record",
        a_desk_draft,
        post="200",
        json=True,
        data=says(text="1. 觅 3小时", after=1),
    ),
    deed("desk:draft-submit", "hours.record", a_desk_draft, post="200", json=True, data=says()),
    deed("desk:draft-discard", "hours.record", a_desk_draft),
    deed("desk:draft-restore", "hours.record", a_desk_draft),
    deed("desk:draft-keep", "hours.record", a_desk_draft, data=says(name="周六巡河")),
    page("hours:correction-list", "corrections.view"),
    deed(
        "hours:correction-decline", "corrections.answer", a_correction, data=says(reason="记录无误")
    ),
    page("deadlines:deadline-list", "hours.view"),
    page("spotchecks:check-list", "spotchecks.view"),
    form(
        "spotchecks:check-draw",
        "spotchecks.draw",
        data=lambda _walked, things: {
            "title": "抽查",
            "scope": things.code,
            "first_day": "2026-05-01",
            "last_day": "2026-05-31",
            "size": "1",
        },
    ),
    page("spotchecks:check-detail", "spotchecks.view", a_spot_check),
    deed("spotchecks:check-publish", "spotchecks.draw", a_spot_check),
    deed(
        "spotchecks:record-judge",
        "spotchecks.judge",
        a_spot_check_record,
        data=says(finding="wrong", evidence="电话核实"),
    ),
    # Imports
    page("imports:run-list", "imports.view"),
    form(
        "imports:run-create",
        "imports.view",
        needs="hours.import",
        data=an_import_data,
        except_for={
            ("province", "POST"): ("422", _ONLY_NEAR),
            ("city-4418", "POST"): ("422", _ONLY_NEAR),
        },
    ),
    page("imports:run-detail", "imports.view", a_done),
    form(
        "imports:run-columns",
        "imports.view",
        a_columns,
        needs="hours.import",
        data=says(header_row=2),
    ),
    deed("imports:run-take", "imports.view", a_checked, needs="hours.import"),
    deed("imports:run-settle", "imports.view", a_done, needs="hours.import"),
    page("imports:run-refused", "imports.view", a_done),
    # Evidence
    Judged(
        name="evidence:pane",
        action="evidence.view",
        names=a_pane,
        get="200",
        post="302",
        needs="evidence.add",
        data=a_photograph,
    ),
    page("evidence:picture", "evidence.view", a_page),
    page("evidence:thumbnail", "evidence.view", a_page),
    deed("evidence:remove", "evidence.add", a_picture),
    deed("evidence:restore", "evidence.add", a_picture),
    # For programs
    page(
        "api:committee-list",
        "committees.view",
        asks={"q=44": "200", "parent=440606": "200", "parent=441802": "200"},
    ),
    page("api:committee-detail", "committees.view", a_committee),
    page(
        "api:coverage",
        "coverage.view",
        asks={"committee={own}": "200", "committee={foreign}": "404"},
    ),
    page(
        "api:hours-summary",
        "dashboard.view",
        get="400",
        asks={
            f"committee={{own}}&{_MONTHS}": "200",
            f"committee={{own}}&{_MONTHS}&by=month": "200",
            f"committee={{foreign}}&{_MONTHS}": "404",
        },
    ),
    page(
        "api:volunteer-list",
        "volunteers.view",
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    page("api:volunteer-detail", "volunteers.view", a_volunteer_key),
    Judged(
        name="api:service-record-list",
        action="hours.view",
        get="200",
        post="201",
        needs="hours.record",
        data=a_record_data,
        json=True,
        foreign="404",
        asks={"committee={foreign}": "404"},
    ),
    page("api:service-record-detail", "hours.view", a_record_key),
    deed("api:service-record-confirm", "hours.confirm", a_waiting_key, post="200", json=True),
    deed(
        "api:service-record-void",
        "hours.void",
        a_record_key,
        post="200",
        json=True,
        data=says(reason="登记错误"),
    ),
    deed(
        "api:import-list",
        "imports.view",
        post="202",
        needs="hours.import",
        data=an_import_data,
        foreign="404",
    ),
    page("api:import-detail", "imports.view", a_done_key),
)
