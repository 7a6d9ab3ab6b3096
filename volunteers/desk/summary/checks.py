"""Whether the rows of a draft are right: the same rules and words as an hour sheet's import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.workbooks.cells import parse_time
from core.workbooks.errors import CellError
from volunteers.desk.models import Draft, DraftRow, RowState
from volunteers.desk.pasting import with_year
from volunteers.desk.summary.faults import DeskFault
from volunteers.desk.summary.matching import Match, match_people
from volunteers.desk.summary.mending import mended_records, stands_as_taken_up
from volunteers.desk.summary.people import Chosen, chosen_of
from volunteers.desk.summary.stretches import Taken, clock, what_is_taken
from volunteers.hours.imports.parsing import Stretch, StretchParser
from volunteers.hours.models import MINUTES_OF_A_DAY, RecordState

__all__ = ["Verdict", "check_rows", "effective"]

# What a row leaves empty it takes from the draft.
INHERITED = ("activity", "date", "start", "end")
_PERSON = "person"


@dataclass(slots=True)
class Verdict:
    """What is to be said of a row; ``chosen`` is who serves, once that is settled."""

    state: RowState
    field: str = ""
    fault: CellError | None = None
    minutes: int | None = None
    chosen: Chosen | None = None
    stretch: Stretch | None = None

    @property
    def said(self) -> dict[str, object] | None:
        """Code and values of the fault, as they are stored."""
        return {"code": self.fault.code, "params": self.fault.params} if self.fault else None


def effective(row: DraftRow, draft: Draft, *, today: date) -> dict[str, str]:
    """The texts that count: the row's own, else the draft's; a day without a year gets one."""
    texts = {name: getattr(row, name).strip() or getattr(draft, name).strip() for name in INHERITED}
    return {**texts, "date": with_year(texts["date"], today=today)}


def check_rows(
    draft: Draft, rows: Sequence[DraftRow], *, holding: bool = False
) -> Mapping[int, Verdict]:
    """A verdict for each of ``rows`` by its place among them, which is top to bottom.

    A handful of statements, whatever the number of rows. An earlier row that is right stands in a
    later one's way as a record does; a record that a row mends stands in no row's way. With
    ``holding`` the volunteers stay locked.
    """
    today = timezone.localdate()
    parser = StretchParser(today=today, zone=timezone.get_default_timezone(), unit="hours")
    matches = _matches(draft, rows)
    mended = mended_records(draft, rows)
    verdicts = {
        place: _of_cells(row, draft, parser, matches.get(row.person), today)
        if stands_as_taken_up(row, mended)
        else Verdict(RowState.REFUSED, field=_PERSON, fault=DeskFault("mended_elsewhere"))
        for place, row in enumerate(rows)
    }
    sound = [
        (place, verdict.chosen, verdict.stretch)
        for place, verdict in verdicts.items()
        if verdict.chosen is not None and verdict.stretch is not None and verdict.fault is None
    ]
    taken = what_is_taken(
        [(chosen.pk, stretch) for _place, chosen, stretch in sound],
        besides=[pk for pk, record in mended.items() if record.state == RecordState.DRAFT],
        holding=holding,
    )
    days = _Days()
    for (place, chosen, stretch), found in zip(sound, taken, strict=True):
        fault = days.fault_of(place, chosen, stretch, found)
        if fault is not None:
            verdicts[place].state = RowState.REFUSED
            verdicts[place].field = _field_of(fault)
            verdicts[place].fault = fault
    return verdicts


def _matches(draft: Draft, rows: Sequence[DraftRow]) -> Mapping[str, Match]:
    texts = {row.person for row in rows if row.volunteer_id is None and row.person.strip()}
    return match_people(texts, below=draft.committee_id) if texts else {}


def _of_cells(
    row: DraftRow, draft: Draft, parser: StretchParser, match: Match | None, today: date
) -> Verdict:
    """Who served is asked first, then what; of a row with nothing in it nothing is asked."""
    if row.is_blank:
        return Verdict(RowState.EMPTY)
    texts = effective(row, draft, today=today)
    verdict = Verdict(RowState.READY, chosen=chosen_of(row))
    if verdict.chosen is None:
        _settle(verdict, match)
    try:
        verdict.stretch = parser.parse(
            texts["activity"], texts["date"], (texts["start"], texts["end"]), row.hours, row.note
        )
        verdict.minutes = verdict.stretch.minutes
    except CellError as fault:
        if verdict.fault is None:
            verdict.fault, verdict.field = fault, _cell_of(parser.field, fault, texts)
            verdict.state = _state_of(fault)
    return verdict


def _settle(verdict: Verdict, match: Match | None) -> None:
    if match is not None and match.settled is not None:
        verdict.chosen = match.settled
        return
    verdict.field = _PERSON
    verdict.fault = DeskFault("person_missing") if match is None else match.fault
    if match is not None and match.candidates:
        verdict.state = RowState.CHOOSE
    elif verdict.fault is not None:
        verdict.state = _state_of(verdict.fault)


def _state_of(fault: CellError) -> RowState:
    """What is missing is still to be typed; everything else has to be mended."""
    return RowState.INCOMPLETE if fault.code.endswith("_missing") else RowState.REFUSED


def _cell_of(field: str, fault: CellError, texts: Mapping[str, str]) -> str:
    """The cell that a fault of the parser belongs to: its ``time`` is two cells here."""
    if field != "time":
        return field
    if fault.code == "start_missing":
        return "start"
    if fault.code in {"end_missing", "ends_before_start"}:
        return "end"
    with suppress(CellError):
        parse_time(texts["start"])
        return "end"
    return "start"


def _field_of(fault: DeskFault) -> str:
    return {"withdrawn": _PERSON, "day_is_full": "hours"}.get(fault.code, "start")


class _Days:
    """The rows that are right so far, by person and by day."""

    def __init__(self) -> None:
        self._stretches: dict[int, list[tuple[int, Stretch]]] = defaultdict(list)
        self._minutes: dict[tuple[int, date], int] = defaultdict(int)

    def fault_of(
        self, place: int, chosen: Chosen, stretch: Stretch, taken: Taken
    ) -> DeskFault | None:
        """What stands in the row's way; a row that nothing hinders is remembered."""
        fault = taken.fault or self._other_row(chosen, stretch)
        day = (chosen.pk, stretch.served_on)
        if fault is None:
            total = taken.day_minutes + self._minutes[day] + stretch.minutes
            if total > MINUTES_OF_A_DAY:
                fault = DeskFault("day_is_full", day=stretch.served_on.isoformat())
        if fault is None:
            self._stretches[chosen.pk].append((place, stretch))
            self._minutes[day] += stretch.minutes
        return fault

    def _other_row(self, chosen: Chosen, stretch: Stretch) -> DeskFault | None:
        for place, other in self._stretches[chosen.pk]:
            if stretch[:-1] == other[:-1]:
                return DeskFault("repeated", row=place + 1)
            if _overlap(stretch, other):
                return DeskFault(
                    "overlaps_row",
                    row=place + 1,
                    activity=other.activity,
                    start=clock(other.starts),
                    end=clock(other.ends),
                )
        return None


def _overlap(one: Stretch, other: Stretch) -> bool:
    if not (one.starts and one.ends and other.starts and other.ends):
        return False
    return one.starts < other.ends and other.starts < one.ends
