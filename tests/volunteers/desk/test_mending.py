"""A sheet that was sent back: taken up in the grid, mended, handed in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from tests.volunteers.desk.arranging import COMMON, open_draft, row_of, save, typed
from tests.volunteers.hours.races import race
from volunteers.desk.domain import (
    Common,
    TypedRow,
    discard_draft,
    reopen_sheet,
    restore_draft,
    submit_rows,
)
from volunteers.desk.models import Draft, DraftRow, DraftState, RowState
from volunteers.hours.domain import (
    Stretch,
    amend_draft,
    confirm_hours,
    return_sheet,
    submit_hours,
    take_back_return,
)
from volunteers.hours.models import HoursSheet, RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries import clock_of
from volunteers.registry.models import Volunteer

PEOPLE = 3


def people(cast: Cast, count: int = PEOPLE) -> list[Volunteer]:
    with as_owner():
        return [VolunteerFactory(committee=cast.committee("441802009")) for _n in range(count)]


@pytest.fixture
def served(cast: Cast) -> list[Volunteer]:
    return people(cast)


@pytest.fixture
def sheet(cast: Cast, served: list[Volunteer]) -> HoursSheet:
    """Entered by the recorder, sent back by the county: three people on one afternoon."""
    rows = [typed(volunteer=each.number, position=n) for n, each in enumerate(served, start=1)]
    return sent_back(cast, *rows)


def sent_back(cast: Cast, *rows: TypedRow) -> HoursSheet:
    with open_draft(cast.recorder_441802, *rows, title="五月") as draft:
        done = submit_rows(draft, actor=cast.recorder_441802)
        assert done.submitted == len(rows)
    assert done.sheet is not None
    with as_owner():
        # Entered in time, long before it is mended.
        ServiceRecord.objects.update(recorded_at=datetime(2026, 5, 18, tzinfo=UTC))
    with acting_as(cast.county_441802.scope):
        return_sheet(done.sheet, actor=cast.county_441802, reason="时间与签到表不符")
    return done.sheet


def row_for(draft: Draft, person: Volunteer) -> DraftRow:
    return draft.rows.get(volunteer=person)


def changed(row: DraftRow, **changes: object) -> TypedRow:
    """The row as its window sends it with changes."""
    cells = {name: value for name, value in row.cells.items() if name != "person"}
    more = {"volunteer": row.volunteer_number, **cells, **changes}
    return typed(row.person, key=row.key, base=row.revision, position=row.position, **more)


def test_what_is_changed_is_replaced_and_the_rest_is_handed_in_as_it_was(
    cast: Cast, sheet: HoursSheet, served: list[Volunteer]
) -> None:
    actor, (same, later, gone) = cast.recorder_441802, served
    (new,) = people(cast, 1)
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        assert set(draft.rows.values_list("state", flat=True)) == {RowState.READY}
        assert {name: getattr(draft, name) for name in COMMON} == COMMON
        assert (draft.title, draft.kind, draft.bundle) == ("五月", "elderly", sheet.evidence_key)
        save(
            draft,
            actor,
            # Overlaps with what it was, which is about to be void.
            changed(row_for(draft, later), start="15:00", end="17:00", note="接力"),
            changed(row_for(draft, gone), removed=True),
            typed(volunteer=new.number, position=9),
        )
        before = {each.volunteer_id: each for each in ServiceRecord.objects.all()}
        done = submit_rows(draft, actor=actor)
        assert (done.submitted, done.refused, done.sheet) == (3, [], sheet)
        assert done.draft.state == DraftState.SUBMITTED

        standing = {each.volunteer_id: each for each in ServiceRecord.objects.standing()}
        assert standing.keys() == {same.pk, later.pk, new.pk}
        assert {each.sheet_id for each in standing.values()} == {sheet.pk}
        assert {each.state for each in standing.values()} == {RecordState.SUBMITTED}
        assert standing[same.pk].pk == before[same.pk].pk
        mended = standing[later.pk]
        assert (clock_of(mended.during), mended.note) == (("15:00", "17:00"), "接力")
        assert mended.replaces_id == before[later.pk].pk
        assert mended.recorded_at == before[later.pk].recorded_at < standing[new.pk].recorded_at
        void = {each.volunteer_id: each for each in ServiceRecord.objects.filter(voided=True)}
        assert {pk: each.pk for pk, each in void.items()} == {
            later.pk: before[later.pk].pk,
            gone.pk: before[gone.pk].pk,
        }
        assert all(each.void_reason for each in void.values())


def test_times_of_two_rows_can_be_exchanged(cast: Cast, served: list[Volunteer]) -> None:
    actor, one = cast.recorder_441802, served[0]
    sheet = sent_back(
        cast,
        typed(volunteer=one.number, activity="巡河", position=1),
        typed(volunteer=one.number, activity="助学", start="17:00", end="18:00", position=2),
    )
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        first, second = draft.rows.order_by("position")
        save(
            draft,
            actor,
            changed(first, start="17:00", end="18:00"),
            changed(second, start="14:00", end="16:00"),
        )
        assert submit_rows(draft, actor=actor).submitted == 2
        times = {
            each.activity_title: clock_of(each.during) for each in ServiceRecord.objects.standing()
        }
        assert times == {"巡河": ("17:00", "18:00"), "助学": ("14:00", "16:00")}


def test_part_is_handed_in_and_the_rest_stays_a_draft_of_the_sheet(
    cast: Cast, sheet: HoursSheet, served: list[Volunteer]
) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        row = row_for(draft, served[0])
        submit_rows(draft, actor=actor, keys=[row.key])
        states = [each.state for each in ServiceRecord.objects.order_by("pk")]
        assert states == [RecordState.SUBMITTED, RecordState.DRAFT, RecordState.DRAFT]
        assert submit_rows(draft, actor=actor, keys=[row.key]).submitted == 1
        assert submit_rows(draft, actor=actor).submitted == PEOPLE
        assert ServiceRecord.objects.filter(state=RecordState.SUBMITTED).count() == PEOPLE


def test_nobody_with_a_hand_in_it_confirms(cast: Cast, sheet: HoursSheet) -> None:
    """Who sent it back and then mends it has entered it."""
    with acting_as(cast.county_441802.scope):
        draft = reopen_sheet(sheet, actor=cast.county_441802)
        save(draft, cast.county_441802, changed(draft.rows.get(position=1), start="15:00"))
        submit_rows(draft, actor=cast.county_441802)
        hands = HoursSheet.objects.get(pk=sheet.pk).hands
        users = (cast.county_441802.user, cast.recorder_441802.user)
        assert hands == sorted(user.pk for user in users if user is not None)
        with pytest.raises(Refusal) as refused:
            waiting = ServiceRecord.objects.awaiting_confirmation()
            confirm_hours(waiting, actor=cast.county_441802)
    assert refused.value.code == "own_entry"
    with acting_as(cast.city_4418.scope):
        waiting = ServiceRecord.objects.awaiting_confirmation()
        assert confirm_hours(waiting, actor=cast.city_4418).count == PEOPLE


def test_sheet_is_open_once(cast: Cast, sheet: HoursSheet) -> None:
    one, other = cast.recorder_441802, cast.county_441802
    with acting_as(one.scope):
        draft = reopen_sheet(sheet, actor=one)
        discard_draft(draft, actor=one)
        second = reopen_sheet(sheet, actor=one)
        assert second != draft
        with pytest.raises(Refusal) as refused:
            restore_draft(draft, actor=one)
        assert refused.value.code == "sheet_taken_up"
    with acting_as(other.scope):
        assert reopen_sheet(sheet, actor=other) == second
        discard_draft(second, actor=other)
        assert restore_draft(draft, actor=other).state == DraftState.OPEN


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_up_at_one_moment_get_one_draft(cast: Cast, sheet: HoursSheet) -> None:
    one, other = cast.recorder_441802, cast.county_441802
    first, second = race(
        one,
        lambda: reopen_sheet(sheet, actor=one),
        other,
        lambda: reopen_sheet(sheet, actor=other),
    )
    assert first == second


def _amended(cast: Cast, record: ServiceRecord) -> None:
    when = Stretch(served_on=record.served_on, minutes=30)
    kind = ServiceKind.OTHER
    amend_draft(record, actor=cast.recorder_441802, activity_title="改", when=when, kind=kind)


def _handed_in(cast: Cast, record: ServiceRecord) -> None:
    records = ServiceRecord.objects.filter(pk=record.pk)
    submit_hours(records, actor=cast.recorder_441802)


@pytest.mark.parametrize("elsewhere", [_amended, _handed_in])
def test_record_changed_elsewhere_is_not_written_over(
    cast: Cast,
    sheet: HoursSheet,
    served: list[Volunteer],
    elsewhere: Callable[[Cast, ServiceRecord], None],
) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        record = ServiceRecord.objects.get(volunteer=served[0])
        elsewhere(cast, record)
        record.refresh_from_db()
        done = submit_rows(draft, actor=actor)
        assert done.submitted == PEOPLE - 1
        row = row_of(draft, done.refused[0].key)
        assert row.fault == {"code": "mended_elsewhere", "params": {}}
        save(draft, actor, changed(row, removed=True))
        stands = ServiceRecord.objects.get(pk=record.pk)
        assert (stands.state, stands.minutes) == (record.state, record.minutes)


def test_sending_back_can_be_taken_back_until_something_is_handed_in(
    cast: Cast, sheet: HoursSheet
) -> None:
    with acting_as(cast.recorder_441802.scope):
        draft = reopen_sheet(sheet, actor=cast.recorder_441802)
    with acting_as(cast.county_441802.scope):
        assert take_back_return(sheet, actor=cast.county_441802).count == PEOPLE
    with acting_as(cast.recorder_441802.scope):
        assert submit_rows(draft, actor=cast.recorder_441802).submitted == 0
        assert ServiceRecord.objects.awaiting_confirmation().count() == PEOPLE


def test_each_record_keeps_its_kind_unless_one_is_set_for_all(
    cast: Cast, sheet: HoursSheet, served: list[Volunteer]
) -> None:
    actor = cast.recorder_441802
    with as_owner():
        ServiceRecord.objects.filter(volunteer=served[0]).update(kind=ServiceKind.CHILDREN)
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        assert draft.kind == ""
        rows = [changed(row, note="全部改过") for row in draft.rows.all()]
        save(draft, actor, *rows)
        submit_rows(draft, actor=actor)
        kinds = ServiceRecord.objects.standing().values_list("volunteer_id", "kind")
        assert dict(kinds) == {
            served[0].pk: ServiceKind.CHILDREN,
            served[1].pk: ServiceKind.ELDERLY,
            served[2].pk: ServiceKind.ELDERLY,
        }


def test_kind_set_for_all_is_everybodys(cast: Cast, sheet: HoursSheet) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        base = draft.common_revision
        save(draft, actor, shared=Common(base=base, texts={"kind": "events"}))
        submit_rows(draft, actor=actor)
        standing = ServiceRecord.objects.standing()
        assert {each.kind for each in standing} == {ServiceKind.EVENTS}


def test_what_others_recorded_still_stands_in_the_way(
    cast: Cast, sheet: HoursSheet, served: list[Volunteer]
) -> None:
    actor = cast.recorder_441802
    with as_owner():
        ServiceRecordFactory(
            volunteer=served[0],
            committee=cast.committee("440606"),
            during=("2026-05-16T18:00+08:00", "2026-05-16T19:00+08:00"),
        )
    with acting_as(actor.scope):
        draft = reopen_sheet(sheet, actor=actor)
        row = row_for(draft, served[0])
        save(draft, actor, changed(row, start="18:00", end="19:00"))
        assert row_of(draft, row.key).fault == {"code": "overlaps_elsewhere", "params": {}}


@pytest.mark.parametrize(("code", "taken"), [("441802", False), ("440606", True)])
def test_only_drafts_of_ones_own_scope_are_left_out(
    cast: Cast, served: list[Volunteer], code: str, taken: bool
) -> None:
    with as_owner():
        record = ServiceRecordFactory(
            volunteer=served[0], committee=cast.committee(code), state=RecordState.DRAFT
        )
    start, end = record.during
    with acting_as(cast.recorder_441802.scope), connection.cursor() as cursor:
        cursor.execute(
            "SELECT taken FROM volunteers_stretches_taken(%s, %s, %s, %s, false, %s)",
            [[served[0].pk], [record.served_on], [start], [end], [record.pk]],
        )
        assert cursor.fetchone() == (taken,)


def test_nothing_to_mend_and_too_much_of_it_are_refused(
    cast: Cast, sheet: HoursSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = cast.recorder_441802
    with as_owner():
        empty = HoursSheetFactory(committee=cast.committee("441802"))
    monkeypatch.setattr("volunteers.desk.domain.mending.MOST_ROWS", PEOPLE - 1)
    with acting_as(actor.scope):
        for refused, code in ((empty, "nothing_to_mend"), (sheet, "too_many_rows")):
            with pytest.raises(Refusal) as why:
                reopen_sheet(refused, actor=actor)
            assert why.value.code == code


def test_sheets_page_leads_into_the_grid(cast: Cast, sheet: HoursSheet, client: Client) -> None:
    assert cast.recorder_441802.user is not None
    client.force_login(cast.recorder_441802.user)
    address = reverse("desk:sheet-reopen", args=[sheet.pk])
    assert address in client.get(reverse("hours:sheet-detail", args=[sheet.pk])).text
    answer = client.post(address, follow=True)
    assert "时间与签到表不符" in answer.text
    listed = client.get(reverse("desk:draft-list")).text
    assert "已退回" in listed
