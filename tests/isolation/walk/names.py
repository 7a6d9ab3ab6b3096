"""What an address of the walk is asked with: the key of a thing, and what a form says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from organizations.accounts.models import Invitation
from tests.factories.volunteers import identity_number
from tests.isolation.walk.things import Things, Walked
from volunteers.bulk.models import BulkChange
from volunteers.desk.models import Draft
from volunteers.disclosure.models import Disclosure
from volunteers.duplicates.models import ClashNotice, ClashRequest, Merge
from volunteers.hours.models import CorrectionRequest
from volunteers.hours.views.answers import microseconds_of
from volunteers.privacy.models import DataExport, PrivacyRequest
from volunteers.registry.models import RevealApproval
from volunteers.spotchecks.models import SpotCheck, SpotCheckItem
from volunteers.transfers.models import Transfer

__all__ = [
    "a_bulk",
    "a_checked",
    "a_clash",
    "a_columns",
    "a_coming",
    "a_committee",
    "a_confirmation",
    "a_copy",
    "a_correction",
    "a_county",
    "a_desk_draft",
    "a_disclosure",
    "a_done",
    "a_done_key",
    "a_draft",
    "a_draft_sheet",
    "a_job",
    "a_look",
    "a_look_at_minor",
    "a_member",
    "a_merge",
    "a_minor",
    "a_notice",
    "a_page",
    "a_pair",
    "a_pane",
    "a_person_data",
    "a_photograph",
    "a_picture",
    "a_privacy_request",
    "a_record",
    "a_record_data",
    "a_record_key",
    "a_selected",
    "a_selected_draft",
    "a_sheet",
    "a_sheet_of_drafts",
    "a_sheet_to_repeat",
    "a_sheet_with_minor",
    "a_spot_check",
    "a_spot_check_record",
    "a_state",
    "a_template",
    "a_term",
    "a_transfer",
    "a_volunteer",
    "a_volunteer_key",
    "a_waiting",
    "a_waiting_key",
    "an_approval",
    "an_export",
    "an_import_data",
    "an_invitation",
    "an_organization",
    "says",
    "with_committee",
]

# A white PNG of eight by eight.
PHOTOGRAPH = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000008000000080800000000e164e1"
    "570000001049444154789c63fccf00014c0c1431004941010f7960f3f8000000"
    "0049454e44ae426082"
)

Named = Callable[[Walked, Things], dict[str, Any]]


def a_committee(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"code": things.code}


def a_copy(walked: Walked, things: Things) -> dict[str, Any]:
    return {"export_id": walked.world.key(DataExport, things.place), "form": "json"}


def a_privacy_request(walked: Walked, things: Things) -> dict[str, Any]:
    return {"request_id": walked.world.key(PrivacyRequest, things.place)}


def a_county(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"code": things.county}


def an_organization(walked: Walked, things: Things) -> dict[str, Any]:
    return {"organization_id": walked.world.people[things.place].organization.pk}


def a_volunteer(walked: Walked, things: Things) -> dict[str, Any]:
    return {"number": walked.world.people[things.place].volunteer.number}


def a_volunteer_key(walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": walked.world.people[things.place].volunteer.pk}


def a_minor(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"number": things.minor.number}


def a_state(walked: Walked, things: Things) -> dict[str, Any]:
    return {**a_volunteer(walked, things), "verb": "pause"}


def a_look(walked: Walked, things: Things) -> dict[str, Any]:
    return {**a_volunteer(walked, things), "field": "phone"}


def a_look_at_minor(walked: Walked, things: Things) -> dict[str, Any]:
    return {**a_minor(walked, things), "field": "phone"}


def an_approval(walked: Walked, things: Things) -> dict[str, Any]:
    return {"approval_id": walked.world.key(RevealApproval, things.place)}


def a_coming(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"transfer_id": things.coming.pk}


def a_clash(walked: Walked, things: Things) -> dict[str, Any]:
    return {"request_id": walked.world.key(ClashRequest, things.place)}


def a_merge(walked: Walked, things: Things) -> dict[str, Any]:
    return {"merge_id": walked.world.key(Merge, things.place)}


def a_pair(walked: Walked, things: Things) -> dict[str, Any]:
    people = walked.world.people[things.place]
    return {"number": people.volunteer.number, "other": people.spare.number}


def a_notice(walked: Walked, things: Things) -> dict[str, Any]:
    return {"notice_id": walked.world.key(ClashNotice, things.place)}


def a_transfer(walked: Walked, things: Things) -> dict[str, Any]:
    return {"transfer_id": walked.world.key(Transfer, things.place)}


def a_member(walked: Walked, things: Things) -> dict[str, Any]:
    return {"membership_id": walked.world.people[things.place].membership.pk}


def an_invitation(walked: Walked, things: Things) -> dict[str, Any]:
    return {"invitation_id": walked.world.key(Invitation, things.place)}


def a_record(walked: Walked, things: Things) -> dict[str, Any]:
    return {"record_id": walked.world.people[things.place].record.pk}


def a_draft(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"record_id": things.draft.pk}


def a_desk_draft(walked: Walked, things: Things) -> dict[str, Any]:
    return {"draft_id": walked.world.key(Draft, things.place)}


def a_template(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"draft_id": things.template.pk}


def a_sheet_to_repeat(walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet": walked.world.people[things.place].record.sheet_id, "shift": "week"}


def a_waiting(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"record_id": things.waiting.pk}


def a_record_key(walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": walked.world.people[things.place].record.pk}


def a_waiting_key(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": things.waiting.pk}


def a_sheet(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet_id": things.waiting.sheet_id}


def a_sheet_of_drafts(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet_id": things.draft.sheet_id}


def a_pane(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"kind": "sheet", "key": things.waiting.sheet_id}


def a_picture(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"file_id": things.picture.pk}


def a_page(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"file_id": things.picture.pk, "page": 1}


def a_photograph(_walked: Walked, _things: Things) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("签到表.png", PHOTOGRAPH)}


def a_spot_check(walked: Walked, things: Things) -> dict[str, Any]:
    return {"check_id": walked.world.key(SpotCheck, things.place)}


def a_spot_check_record(walked: Walked, things: Things) -> dict[str, Any]:
    item = walked.world.key(SpotCheckItem, things.place)
    return {**a_spot_check(walked, things), "item_id": item}


def a_draft_sheet(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet_id": things.draft.sheet_id}


def a_correction(walked: Walked, things: Things) -> dict[str, Any]:
    return {"correction_id": walked.world.key(CorrectionRequest, things.place)}


def a_columns(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"run_id": things.columns.pk}


def a_checked(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"run_id": things.checked.pk}


def a_done(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"run_id": things.done.pk}


def a_done_key(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": things.done.pk}


def a_job(walked: Walked, username: str) -> dict[str, Any]:
    return {"job_id": walked.jobs[username].pk}


def a_sheet_with_minor(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet_id": things.with_minor.sheet_id}


def a_term(_walked: Walked, _things: Things) -> dict[str, Any]:
    return {"term_id": 1}


def a_disclosure(walked: Walked, things: Things) -> dict[str, Any]:
    return {"disclosure_id": walked.world.key(Disclosure, things.place)}


def a_bulk(walked: Walked, things: Things) -> dict[str, Any]:
    return {"change_id": walked.world.key(BulkChange, things.place)}


def an_export(walked: Walked, username: str) -> dict[str, Any]:
    # A volunteer has none; any other's does.
    return {"export_id": (walked.exports.get(username) or walked.exports["province"]).pk}


def a_confirmation(walked: Walked, username: str) -> dict[str, Any]:
    record = walked.confirmed[username]
    assert record.confirmed_at is not None
    return {
        "moment": microseconds_of(record.confirmed_at),
        "first": record.pk,
        "last": record.pk,
    }


def says(**data: Any) -> Named:
    return lambda _walked, _things: dict(data)


def with_committee(**data: Any) -> Named:
    return lambda _walked, things: {"committee": things.code, **data}


def a_record_data(walked: Walked, things: Things) -> dict[str, Any]:
    return {
        "volunteer": walked.world.people[things.place].volunteer.number,
        "activity_title": "巡河",
        "kind": "environment",
        "served_on": "2026-07-01",
        "start": "08:00",
        "end": "10:00",
        "evidence": "签到表",
        "nonce": str(UUID(int=len(things.place))),
    }


def a_person_data(_walked: Walked, things: Things) -> dict[str, Any]:
    return {
        "name": "新来的人",
        "number": identity_number(901),
        "phone": "19900009999",
        "committee": things.code,
        "registered_on": "2026-07-01",
        "consent_on": "2026-07-01",
        "consent_evidence": "签字表",
        "nonce": str(UUID(int=77)),
    }


def an_import_data(_walked: Walked, things: Things) -> dict[str, Any]:
    file = SimpleUploadedFile("hours.csv", "姓名,日期\n某,2026-05-01\n".encode())
    return {"kind": "hours", "committee": things.code, "file": file, "nonce": str(UUID(int=5))}


def a_selected(walked: Walked, things: Things) -> dict[str, Any]:
    record = {"ids": things.waiting.pk, "selected": things.waiting.pk}
    return {**record, "reason": "登记错误"}


def a_selected_draft(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"ids": things.draft.pk, "selected": things.draft.pk}
