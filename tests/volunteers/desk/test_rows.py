"""Saving as one types: nothing is lost, nothing is written over."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import OrganizationFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import (
    HERE,
    THERE,
    common,
    open_draft,
    person,
    row_of,
    save,
    typed,
)
from volunteers.desk.domain import Common, begin_draft, discard_draft, restore_draft
from volunteers.desk.domain import rows as rows_module
from volunteers.desk.models import Draft, DraftState, RowState
from volunteers.desk.summary.figures import plain_hours


def test_rows_are_kept_as_typed_and_the_revision_counts_up(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("王小", start="8", hours="？")
    with open_draft(actor, row) as draft:
        assert row_of(draft, row.key).cells == {
            "person": "王小", "activity": "", "date": "", "start": "8", "end": "", "hours": "？",
            "note": "",
        }  # fmt: skip
        before = draft.revision
        changed = save(draft, actor, typed("王", key=row.key, base=before)).draft
        assert changed.revision > before
        again = save(draft, actor, typed("王", key=row.key, base=before)).draft
        assert again.revision == changed.revision, "what is sent twice is written once"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2小时", "2"), ("2h", "2"), ("两个半小时", "2.5"), ("2.50", "2.5"), ("90分钟", "1.5"),
        ("20分钟", "0.33"), ("2:30", "2.5"), ("10", "10"),
        ("约三小时", "约三小时"), ("-1", "-1"), ("无", "无"), ("", ""),
    ],
)  # fmt: skip
def test_hours_become_the_plain_figure_and_what_cannot_be_read_stays(
    cast: Cast, text: str, kept: str
) -> None:
    row = typed("王小", hours=text)
    with open_draft(cast.recorder_441802, row) as draft:
        assert row_of(draft, row.key).hours == kept
    assert plain_hours(kept) == kept, "the same minutes are read from it again"


def test_row_changed_by_another_window_is_not_written_over(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("甲", note="一")
    with open_draft(actor, row) as draft:
        seen = draft.revision
        save(draft, actor, typed("甲", key=row.key, base=seen, note="二"), window=THERE)
        mine = typed("甲", key=row.key, base=seen, note="三")
        refused = save(draft, actor, mine, typed("乙", position=2), window=HERE)
        assert refused.conflicts == [row.key]
        assert row_of(draft, row.key).note == "二"
        assert "乙" in {each.person for each in draft.rows.all()}, "the other rows are written"
        theirs = row_of(draft, row.key).revision
        kept = save(draft, actor, typed("甲", key=row.key, base=theirs, note="三"), window=HERE)
        assert kept.conflicts == []
        assert row_of(draft, row.key).note == "三"


def test_same_text_from_two_windows_is_no_conflict(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("甲")
    with open_draft(actor, row) as draft:
        seen = draft.revision
        save(draft, actor, typed("甲", key=row.key, base=seen, note="二"), window=THERE)
        again = save(draft, actor, typed("甲", key=row.key, base=seen, note="二"), window=HERE)
        assert again.conflicts == []


def test_window_that_missed_its_answer_goes_on(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("甲", note="一")
    with open_draft(actor, row) as draft:
        assert save(draft, actor, typed("甲", key=row.key, note="二"), window=HERE).conflicts == []
        assert row_of(draft, row.key).note == "二"


def test_check_alone_puts_nobodys_typing_in_conflict(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("甲")
    with open_draft(actor, row) as draft:
        seen = draft.revision
        save(
            draft,
            actor,
            shared=Common(base=draft.common_revision, texts={"start": "9:00"}),
            window=THERE,
        )
        assert row_of(draft, row.key).revision > seen
        mine = save(draft, actor, typed("甲", key=row.key, base=seen, note="三"), window=uuid4())
        assert mine.conflicts == []


def test_common_values_of_another_window_are_not_written_over(cast: Cast) -> None:
    actor = cast.recorder_441802
    with open_draft(actor) as draft:
        seen = draft.common_revision
        save(draft, actor, shared=Common(base=seen, texts={"activity": "巡河"}), window=THERE)
        lost = Common(base=seen, texts={"activity": "助学"})
        saved = save(draft, actor, shared=lost, window=HERE)
        assert saved.common_conflict
        assert Draft.objects.get(pk=draft.pk).activity == "巡河"


def test_removed_row_stays_as_removed_and_comes_back(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("甲")
    with open_draft(actor, row) as draft:
        save(draft, actor, typed("甲", key=row.key, base=draft.revision, removed=True))
        assert row_of(draft, row.key).removed
        assert [each.key for each in draft.rows.changed_since(1)] == [row.key]
        assert not draft.rows.standing().exists()
        base = row_of(draft, row.key).revision
        save(draft, actor, typed("甲", key=row.key, base=base))
        assert draft.rows.standing().exists()


def test_draft_that_is_set_aside_takes_nothing_until_it_is_taken_up_again(cast: Cast) -> None:
    actor, row = cast.recorder_441802, typed("甲")
    with open_draft(actor, row) as draft:
        discard_draft(draft, actor=actor)
        with pytest.raises(Refusal) as refused:
            save(draft, actor, typed("乙"))
        assert refused.value.code == "draft_discarded"
        assert restore_draft(draft, actor=actor).state == DraftState.OPEN
        assert row_of(draft, row.key).person == "甲"


def test_too_many_rows_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "MOST_ROWS", 2)
    actor = cast.recorder_441802
    with open_draft(actor, typed("甲"), typed("乙")) as draft:
        with pytest.raises(Refusal) as refused:
            save(draft, actor, typed("丙"))
        assert refused.value.code == "too_many_rows"


def test_auditor_and_volunteer_begin_nothing(cast: Cast) -> None:
    for actor in (cast.province_auditor, cast.person):
        with acting_as(actor.scope), pytest.raises(PermissionDenied):
            begin_draft(actor=actor)


def test_committee_beside_reaches_no_draft(cast: Cast) -> None:
    row = typed("甲")
    with open_draft(cast.recorder_441802, row) as draft:
        pass
    with acting_as(cast.county_440606.scope):
        assert not Draft.objects.exists()
        assert not draft.rows.exists()
        with pytest.raises(Draft.DoesNotExist):
            save(draft, cast.county_440606, typed("乙"))
    with acting_as(cast.city_4418.scope):
        assert save(draft, cast.city_4418, typed("乙"), shared=common()).draft == draft
        assert row_of(draft, row.key).state == RowState.REFUSED


def test_number_that_was_typed_lies_sealed_and_goes_when_its_person_is_found(cast: Cast) -> None:
    actor, number = cast.recorder_441802, identity_number(12)
    person(cast.committee("441802009"), "刘霞明", number=number)
    settled, unknown = typed(f"刘霞明 {number}"), typed(f"无此人 {number}"[:-1] + "?")
    with open_draft(actor, settled, unknown) as draft:
        assert row_of(draft, settled.key).person == "刘霞明"
        row = row_of(draft, unknown.key)
        assert number[:-1] in row.person
        assert row.person_sealed is not None
        assert number[:-1].encode() not in bytes(row.person_sealed)


def test_common_values_that_are_none_here_are_not_kept(cast: Cast) -> None:
    with as_owner():
        foreign = OrganizationFactory(committee=cast.committee("440606"))
        own = OrganizationFactory(committee=cast.committee("441802"))
    actor = cast.recorder_441802
    with open_draft(actor) as draft:
        for given, kept in (("x", None), (str(foreign.pk), None), (str(own.pk), own.pk)):
            texts = {"kind": given, "organization": given}
            save(draft, actor, shared=Common(base=0, texts=texts))
            stored = Draft.objects.get(pk=draft.pk)
            assert (stored.kind, stored.organization_id) == ("", kept)
            assert stored.activity == "敬老院探访", "what is not sent stays"
