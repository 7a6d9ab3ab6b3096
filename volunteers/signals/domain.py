"""Looking for signals: a sheet is looked at after its waiting records have changed.

Every change marks the sheet in the same transaction (a statement trigger). The look takes the
marks that it sees and then, in statements with a newer snapshot, finds the signals anew: what was
committed when its mark was taken has been looked at, whatever commits later has left a mark.
Sheets that were odd together with it are looked at with it: void one of two long halves of a day,
and the other is clean at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from core.tenancy.keys import ancestor_keys
from core.tenancy.scope import Scope, acting_as
from organizations.rules.queries import Rules
from organizations.rules.summary import rules_for
from volunteers.signals import rules
from volunteers.signals.models import SignalCode
from volunteers.signals.queries.statements import (
    BESIDE,
    FORGET,
    KEEP,
    OF_THE_RECORD,
    OF_THE_SCOPE,
    SETTLE,
)

__all__ = ["look_at_marked_sheets", "mark_waiting_sheets"]

JOB_SCOPE = Scope.for_job("look for signals")

_TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('volunteers.signals'))"
_NEXT = "SELECT sheet_id, committee_path FROM volunteers_unseensheet ORDER BY id LIMIT 1"
_TAKE_MARKS = "DELETE FROM volunteers_unseensheet WHERE sheet_id = %s"
_MARK_WAITING = """
    INSERT INTO volunteers_unseensheet (sheet_id, committee_path, marked_at)
    SELECT sheet_id, committee_id, clock_timestamp() FROM volunteers_servicerecord
    WHERE state = 'submitted' GROUP BY 1, 2
"""


def look_at_marked_sheets() -> int:
    """Looks at the marked sheets, the oldest mark first; returns how many.

    Each in a transaction of its own; opens its own scopes. A second one at the same time leaves
    the marks to the first.
    """
    looked = 0
    while _look_at_next():
        looked += 1
    return looked


def mark_waiting_sheets() -> None:
    """Marks every sheet that waits: rules begin at midnight, and time passes for what waits."""
    with acting_as(JOB_SCOPE, statement_timeout_ms=0), connection.cursor() as cursor:
        cursor.execute(_MARK_WAITING)


def _look_at_next() -> bool:
    with acting_as(JOB_SCOPE, statement_timeout_ms=0), connection.cursor() as cursor:
        cursor.execute(_TRY_LOCK)
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(_NEXT)
        row = cursor.fetchone()
        if row is None:
            return False
        sheet, path = row
        cursor.execute(_TAKE_MARKS, [sheet])
        _look_at(sheet, path)
        # Without a mark, so that one look leads to no further ones; beyond these the night looks.
        cursor.execute(BESIDE, {"sheet": sheet, "codes": list(map(str, OF_THE_SCOPE))})
        for other, place in cursor.fetchall():
            _look_at(other, place)
        return True


def _look_at(sheet: int, path: str) -> None:
    limits = _limits(rules_for(path))
    own = {**limits, "sheet": sheet, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, own)
        cursor.execute(FORGET, own)
        for code, scope in _asked(path):
            cursor.execute(KEEP[code], {**own, "scope": scope, "code": str(code)})


def _asked(path: str) -> Iterator[tuple[SignalCode, str]]:
    """Each signal with each scope that it is looked for in, the narrowest first."""
    yield from ((code, path) for code in OF_THE_RECORD)
    for scope in reversed(ancestor_keys(path)):
        yield from ((code, scope) for code in OF_THE_SCOPE)


def _limits(found: Rules) -> dict[str, int | str]:
    return {
        "hours_of_a_day": found[rules.HOURS_OF_A_DAY],
        "long_hours": found[rules.LONG_HOURS],
        "early_hour": found[rules.EARLY_HOUR],
        "same_minute": found[rules.SAME_MINUTE_RECORDS],
        "seen_days": found[rules.SEEN_DAYS],
        "minor_age": found[rules.MINOR_AGE],
        "night_begins": found[rules.NIGHT_BEGINS],
        "night_ends": found[rules.NIGHT_ENDS],
        "late_days": found[rules.LATE_DAYS],
        "jump_times": found[rules.JUMP_TIMES],
        "jump_hours": found[rules.JUMP_LEAST_HOURS],
        "round_records": found[rules.ROUND_RECORDS],
    }
