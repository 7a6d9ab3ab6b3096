"""Drafts that begin with a past sheet or a template."""

from __future__ import annotations

from datetime import date

import pytest

from core.web.refusals import Refusal
from core.workdays.moving import DayMove, day_moved
from tests.cast import Cast
from tests.volunteers.desk.arranging import open_draft, person, typed
from volunteers.desk.domain import (
    begin_from_template,
    discard_draft,
    keep_template,
    rename_template,
    repeat_sheet,
    restore_draft,
    submit_rows,
)
from volunteers.desk.models import Draft, DraftState, RowState


@pytest.mark.parametrize(
    ("day", "shift", "later"),
    [
        (date(2026, 5, 16), DayMove.WEEK, date(2026, 5, 23)),
        (date(2026, 5, 16), DayMove.MONTH, date(2026, 6, 20)),  # the third Saturday
        (date(2026, 5, 30), DayMove.MONTH, date(2026, 6, 27)),  # a fifth one becomes the last
        (date(2026, 12, 31), DayMove.MONTH, date(2027, 1, 28)),
        (date(2026, 5, 1), DayMove.MONTH, date(2026, 6, 5)),
        (date(2026, 5, 16), DayMove.NONE, None),
    ],
)
def test_days_move_on_by_their_weekday(day: date, shift: DayMove, later: date | None) -> None:
    assert day_moved(day, shift) == later
    assert later is None or later.weekday() == day.weekday()


def test_sheet_is_repeated_with_its_people_and_times(cast: Cast) -> None:
    actor = cast.recorder_441802
    other = person(cast.committee("441802103"), "刘霞明")
    rows = [typed(cast.volunteer.name), typed(other.name, start="15:00", hours="0.5", position=2)]
    with open_draft(actor, *rows, title="五月") as draft:
        sheet = submit_rows(draft, actor=actor).sheet
        assert sheet is not None
        again = repeat_sheet(sheet, actor=actor, shift=DayMove.WEEK)
        assert (again.title, again.activity, again.date) == ("五月", "敬老院探访", "2026-05-23")
        assert (again.end, again.evidence, again.state) == ("16:00", "", DraftState.OPEN)
        first, second = again.rows.standing()
        assert (first.volunteer_id, first.state) == (cast.volunteer.pk, RowState.READY)
        assert (second.volunteer_id, second.hours, second.minutes) == (other.pk, "0.5", 30)
        assert {first.start or again.start, second.start or again.start} == {"14:00", "15:00"}
        assert first.key not in {row.key for row in draft.rows.all()}
        empty = repeat_sheet(sheet, actor=actor, shift=DayMove.NONE)
        assert empty.date == ""
        assert {row.state for row in empty.rows.all()} == {RowState.INCOMPLETE}


def test_template_keeps_people_and_times_and_begins_drafts(cast: Cast) -> None:
    actor = cast.recorder_441802
    with open_draft(actor, typed(cast.volunteer.name, note="带队"), typed("")) as draft:
        template = keep_template(draft, actor=actor, name=" 周六探访 ")
        assert (template.title, template.date, template.start) == ("周六探访", "", "14:00")
        assert [row.note for row in template.rows.all()] == [""]
        assert list(Draft.objects.templates()) == [template]
        begun = begin_from_template(template, actor=actor)
        assert (begun.state, begun.activity) == (DraftState.OPEN, "敬老院探访")
        assert [row.volunteer_id for row in begun.rows.all()] == [cast.volunteer.pk]
        assert rename_template(template, actor=actor, name="周日").title == "周日"
        discard_draft(template, actor=actor)
        assert not Draft.objects.templates().exists()
        assert restore_draft(template, actor=actor).state == DraftState.TEMPLATE


def test_template_needs_a_name_and_is_never_submitted(cast: Cast) -> None:
    actor = cast.recorder_441802
    with open_draft(actor, typed(cast.volunteer.name)) as draft:
        with pytest.raises(Refusal) as refused:
            keep_template(draft, actor=actor, name=" ")
        assert refused.value.code == "name_missing"
        template = keep_template(draft, actor=actor, name="周六")
        with pytest.raises(Refusal) as refused:
            submit_rows(template, actor=actor)
        assert refused.value.code == "draft_template"
