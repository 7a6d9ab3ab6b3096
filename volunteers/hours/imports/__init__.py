"""The import of an hour sheet: every good row becomes a record awaiting confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from core.crypto.blind_index import IDENTITY_NUMBER, PHONE, blind_index
from core.workbooks import Cell, CellError, Row, Sheet
from core.workbooks.cells import parse_name, unit_of_header
from core.workbooks.results import ALREADY_RECORDED, ImportResult, RefusedRow
from core.workbooks.staging import begin_import, drop_staged, stage_rows
from volunteers.hours.imports.columns import HOURS_COLUMNS
from volunteers.hours.imports.days import rows_past_the_day
from volunteers.hours.imports.faults import HoursFault
from volunteers.hours.imports.parsing import Number, StretchParser, parse_number
from volunteers.hours.imports.statements import (
    COPY_PEOPLE,
    COPY_ROWS,
    CREATE_PEOPLE,
    CREATE_ROWS,
    INSERT_TAKEN,
    LEFT_OVER,
    MATCH_PEOPLE,
    NOT_TAKEN,
    PEOPLE_TYPES,
    REFUSED_PEOPLE,
    ROW_TYPES,
)
from volunteers.hours.kinds import kind_of_activity
from volunteers.hours.models import HoursSheet, RecordSource
from volunteers.registry.domain import must_find_again

if TYPE_CHECKING:
    from core.workbooks.shapes import Progress
    from organizations.accounts.actors import Actor
    from organizations.committees.models import Committee

__all__ = ["HOURS_COLUMNS", "KIND", "HoursFault", "import_hours"]

KIND = "hours"

Staged = tuple[object, ...]
_UNSOUND: Staged = (None,) * 7


def import_hours(
    sheet: Sheet,
    *,
    committee: Committee,
    actor: Actor,
    title: str,
    evidence: str,
    check: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Record the rows of ``sheet`` (read with `HOURS_COLUMNS`) as hours of ``committee``.

    They await confirmation together, as one `HoursSheet` called ``title``, which names as its
    ``evidence`` where they come from. With ``check``
    everything is done and taken back, so the answer is the same. Runs inside the actor's scope;
    raises `PermissionDenied`, and `Refusal` while blind indexes are made anew.
    """
    actor.must("hours.import")
    must_find_again()
    with transaction.atomic():
        begin_import(committee.path)
        desk = _Desk(sheet, progress)
        stage_rows(CREATE_ROWS, COPY_ROWS, types=ROW_TYPES, rows=desk.staged_rows())
        stage_rows(CREATE_PEOPLE, COPY_PEOPLE, types=PEOPLE_TYPES, rows=desk.staged_people())
        _match_people(committee)
        too_long = rows_past_the_day()
        accepted = _insert(committee, actor, title, evidence)
        refused = {
            row.row: row for row in (*_blocked(), *too_long, *desk.refused, *_of_unknown_people())
        }  # later ones win: whose hours they are is asked first
        drop_staged(
            "hours_staged", "hours_people", "hours_matched", "hours_full_days", "hours_left"
        )
        if check or not accepted:
            transaction.set_rollback(True)
    return ImportResult(
        kind=KIND,
        rows=sheet.count,
        accepted=accepted,
        refused=[refused[number] for number in sorted(refused)],
    )


class _Desk:
    """Walks the sheet once; keeps who is named, and what the cells alone let one refuse."""

    def __init__(self, sheet: Sheet, progress: Progress | None) -> None:
        place = sheet.mapping.get("hours")
        self.refused: list[RefusedRow] = []
        self._sheet = sheet
        self._progress = progress
        self._people: dict[tuple[Number, str], int] = {}
        # A sheet names each volunteer many times; gone with the import.
        self._numbers: dict[Cell, Number] = {}
        self._today = timezone.localdate()
        self._parser = StretchParser(
            today=self._today,
            zone=timezone.get_default_timezone(),
            unit=unit_of_header("" if place is None else sheet.header[place]),
        )

    def staged_rows(self) -> Iterator[Staged]:
        """Rows for `COPY_ROWS`."""
        done = 0
        for chunk in self._sheet.chunks():
            for row in chunk:
                staged = self._staged(row)
                if staged is not None:
                    yield staged
            done += len(chunk)
            if self._progress:
                self._progress(done, self._sheet.count)

    def staged_people(self) -> Iterator[Staged]:
        """Rows for `COPY_PEOPLE`, after all rows have been staged."""
        for (number, name), person in self._people.items():
            if number.is_phone:
                yield person, None, blind_index(number.text, purpose=PHONE), name
            else:
                yield person, blind_index(number.text, purpose=IDENTITY_NUMBER), None, name

    def _number(self, cell: Cell) -> Number:
        number = self._numbers.get(cell)
        if number is None:
            number = self._numbers[cell] = parse_number(cell, today=self._today)
        return number

    def _staged(self, row: Row) -> Staged | None:
        name, volunteer, activity, day, start, end, hours, note = row.values
        try:
            number = self._number(volunteer)
        except CellError as fault:
            self.refused.append(RefusedRow(row.number, "volunteer", fault))
            return None
        key = (number, parse_name(name))
        person = self._people.setdefault(key, len(self._people))
        try:
            stretch = self._parser.parse(activity, day, (start, end), hours, note)
        except CellError as fault:
            self.refused.append(RefusedRow(row.number, self._parser.field, fault))
            # Still staged: whose hours they are is asked before what is wrong with them.
            return (row.number, person, False, *_UNSOUND)
        return (
            row.number,
            person,
            True,
            stretch.activity,
            str(kind_of_activity(stretch.activity)),
            *stretch[1:],
        )


def _match_people(committee: Committee) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MATCH_PEOPLE, {"committee": committee.path})
        cursor.execute("ANALYZE hours_matched")


def _insert(committee: Committee, actor: Actor, title: str, evidence: str) -> int:
    sheet = HoursSheet.objects.create(
        committee=committee,
        title=title[:200],
        source=RecordSource.IMPORT,
        evidence=evidence[:300],
        recorded_by=actor.user,
        recorded_by_label=actor.label,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_TAKEN,
            {
                "committee": committee.path,
                "sheet": sheet.pk,
                "user": actor.user.pk if actor.user else None,
                "label": actor.label,
            },
        )
        (accepted,) = cursor.fetchone()
    return int(accepted)


def _of_unknown_people() -> Iterator[RefusedRow]:
    """Rows whose volunteer is not found, or is somebody else."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSED_PEOPLE)
        for row, code in cursor:
            yield RefusedRow(row, "name" if code == "other_name" else "volunteer", HoursFault(code))


class _Blocker(NamedTuple):
    """What stands in a row's way, as `NOT_TAKEN` gives it; None for what there is not.

    ``first_row`` says the same as the row; ``row`` is the row that the record came from.
    """

    first_row: int | None
    activity: str | None
    starts: datetime | None
    ends: datetime | None
    same: bool
    row: int | None
    sheet: str | None
    recorded_at: datetime | None


def _blocked() -> Iterator[RefusedRow]:
    """Sound rows that the database did not take."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_OVER)
        cursor.execute("ANALYZE hours_left")
        cursor.execute(NOT_TAKEN)
        for row, *blocker in cursor:
            yield RefusedRow(row, "overlap", _overlap(_Blocker(*blocker)))


def _overlap(blocker: _Blocker) -> HoursFault:
    if blocker.first_row is not None:
        return HoursFault("repeated", row=blocker.first_row)
    if blocker.activity is None:
        return HoursFault("overlaps_elsewhere")
    if blocker.same:
        return HoursFault(
            ALREADY_RECORDED,
            date=_local(blocker.recorded_at, "%Y-%m-%d"),
            sheet=blocker.sheet or "",
        )
    stretch = {
        "activity": blocker.activity,
        "start": _local(blocker.starts, "%H:%M"),
        "end": _local(blocker.ends, "%H:%M"),
    }
    if blocker.row is not None:
        return HoursFault("overlaps_row", row=blocker.row, **stretch)
    return HoursFault("overlaps_record", **stretch)


def _local(moment: datetime | None, form: str) -> str:
    return timezone.localtime(moment).strftime(form) if moment else ""
