"""Submitting: what becomes a record, what stays, and what sending it twice adds."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import open_draft, person, row_of, save, typed
from volunteers.desk.domain import discard_draft, submit_rows
from volunteers.desk.models import Draft, DraftState, RowState
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import HoursSheet, RecordSource, RecordState, ServiceRecord
from volunteers.hours.queries import clock_of


def test_right_rows_become_records_of_one_sheet_and_the_rest_stays(cast: Cast) -> None:
    actor = cast.recorder_441802
    other = person(cast.committee("441802103"), "刘霞明")
    good, better = typed(cast.volunteer.name, note="带队"), typed(other.name, hours="1.5")
    wrong = typed("无此人", position=3)
    with open_draft(actor, good, better, wrong, title="五月") as draft:
        done = submit_rows(draft, actor=actor)
        assert (done.submitted, done.minutes) == (2, 210)
        assert [row.key for row in done.refused] == [wrong.key]
        first, second = ServiceRecord.objects.order_by("pk").select_related("sheet")
        assert first.sheet == second.sheet == done.sheet
        assert (first.sheet.title, first.sheet.evidence) == ("五月", "签到表照片")
        assert first.sheet.evidence_key == draft.pk
        assert first.source == first.sheet.source == RecordSource.BACKFILL
        assert (first.state, first.recorded_by) == (RecordState.SUBMITTED, actor.user)
        assert (first.nonce, first.note, first.kind) == (good.key, "带队", "elderly")
        assert clock_of(first.during) == ("14:00", "16:00")
        assert second.minutes == 90
        assert row_of(draft, good.key).state == RowState.SUBMITTED
        assert Draft.objects.get(pk=draft.pk).state == DraftState.OPEN


def test_submitting_again_adds_nothing_and_answers_the_same(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed(cast.volunteer.name)
    with open_draft(actor, row) as draft:
        first = submit_rows(draft, actor=actor, keys=[row.key])
        again = submit_rows(draft, actor=actor, keys=[row.key])
        assert (again.submitted, again.minutes, again.sheet) == (1, 120, first.sheet)
        assert ServiceRecord.objects.count() == HoursSheet.objects.count() == 1
        assert again.draft.state == DraftState.SUBMITTED


def test_only_the_rows_asked_for_are_submitted(cast: Cast) -> None:
    actor = cast.recorder_441802
    row, later = typed(cast.volunteer.name), typed(cast.volunteer.name, start="17:00", end="18:00")
    with open_draft(actor, row, later) as draft:
        submit_rows(draft, actor=actor, keys=[row.key])
        assert row_of(draft, later.key).state == RowState.READY
        assert submit_rows(draft, actor=actor).submitted == 2
        assert HoursSheet.objects.count() == 2


def test_submission_needs_evidence_a_file_or_a_note(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed(cast.volunteer.name)
    with open_draft(actor, row, evidence=" ") as draft:
        with pytest.raises(Refusal) as refused:
            submit_rows(draft, actor=actor)
        assert refused.value.code == "evidence_missing"
        EvidenceFile.objects.create(
            committee_id=draft.committee_id,
            bundle=draft.pk,
            kind="jpeg",
            name="表.jpg",
            size=1,
            pages=1,
            width=1,
            height=1,
            sha256="0" * 64,
            uploaded_by_label="传",
        )
        assert submit_rows(draft, actor=actor).submitted == 1


def test_what_was_recorded_meanwhile_is_refused_at_the_row(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed(cast.volunteer.name)
    with open_draft(actor, row) as draft:
        assert row_of(draft, row.key).state == RowState.READY
        with as_owner():
            ServiceRecordFactory(
                volunteer=cast.volunteer,
                committee=cast.committee("440606"),
                served_on=date(2026, 5, 16),
                during=("2026-05-16T15:00+08:00", "2026-05-16T17:00+08:00"),
            )
        done = submit_rows(draft, actor=actor)
        assert (done.submitted, len(done.refused)) == (0, 1)
        assert row_of(draft, row.key).fault == {"code": "overlaps_elsewhere", "params": {}}
        assert not HoursSheet.objects.filter(committee_id=draft.committee_id).exists()


def test_visitor_gets_a_record_of_the_recording_committee(cast: Cast) -> None:
    actor, number = cast.recorder_441802, identity_number(12)
    hidden = person(cast.committee("440606103"), "何处人", number=number)
    with open_draft(actor, typed(f"何处人 {number}")) as draft:
        assert submit_rows(draft, actor=actor).submitted == 1
        record = ServiceRecord.objects.get()
        assert (record.volunteer_id, record.volunteer_name) == (hidden.pk, "何处人")
        assert record.committee_id == draft.committee_id


def test_second_person_confirms(cast: Cast) -> None:
    with open_draft(cast.county_441802, typed(cast.volunteer.name)) as draft:
        submit_rows(draft, actor=cast.county_441802)
        with pytest.raises(Refusal):
            confirm_hours(ServiceRecord.objects.all(), actor=cast.county_441802)
    with acting_as(cast.city_4418.scope):
        assert confirm_hours(ServiceRecord.objects.all(), actor=cast.city_4418).count == 1


def test_whoever_had_a_hand_in_the_draft_is_no_second_person(cast: Cast) -> None:
    helper, submitter = cast.county_441802, cast.recorder_441802
    with open_draft(helper, typed(cast.volunteer.name)) as draft:
        pass
    with acting_as(submitter.scope):
        submit_rows(draft, actor=submitter)
        record = ServiceRecord.objects.get()
        assert record.recorded_by == submitter.user
    with acting_as(helper.scope):
        with pytest.raises(Refusal) as refused:
            confirm_hours(ServiceRecord.objects.all(), actor=helper)
        assert refused.value.code == "own_entry"
    with acting_as(cast.city_4418.scope):
        assert confirm_hours(ServiceRecord.objects.all(), actor=cast.city_4418).count == 1


def test_draft_set_aside_is_not_submitted_and_an_auditor_submits_nothing(cast: Cast) -> None:
    with open_draft(cast.recorder_441802, typed(cast.volunteer.name)) as draft:
        discard_draft(draft, actor=cast.recorder_441802)
        with pytest.raises(Refusal):
            submit_rows(draft, actor=cast.recorder_441802)
    with acting_as(cast.province_auditor.scope), pytest.raises(PermissionDenied):
        submit_rows(draft, actor=cast.province_auditor)


def test_submitted_row_is_changed_by_nobody(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed(cast.volunteer.name)
    with open_draft(actor, row, typed("无此人")) as draft:
        base = submit_rows(draft, actor=actor).draft.revision
        saved = save(draft, actor, typed("别人", key=row.key, base=base))
        assert saved.conflicts == [row.key]
        assert row_of(draft, row.key).person == cast.volunteer.name


def test_many_rows_are_submitted_by_as_few_statements_as_three(cast: Cast) -> None:
    counted = []
    for start, number in (("08:00", 3), ("10:00", 30)):
        with as_owner():
            people = [
                VolunteerFactory(committee=cast.committee("441802009")) for _n in range(number)
            ]
        rows = [typed("", volunteer=each.number, position=n) for n, each in enumerate(people)]
        with open_draft(cast.recorder_441802, *rows, start=start) as draft:
            with CaptureQueriesContext(connection) as queries:
                done = submit_rows(draft, actor=cast.recorder_441802)
            assert done.submitted == number
        counted.append(len(queries))
    assert counted[0] == counted[1]
