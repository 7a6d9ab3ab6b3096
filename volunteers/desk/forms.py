"""What windows send, from JSON to what the verbs take; and the desk's few forms."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _

from core.workdays.moving import DayMove
from volunteers.desk.domain import SHARED, Common, TypedRow
from volunteers.desk.models import CELLS

__all__ = [
    "BeginForm",
    "Malformed",
    "Paste",
    "Save",
    "keys_from",
    "paste_from",
    "save_from",
    "since_from",
    "window_from",
]

MOST_SENT = 500
MOST_PASTED = 200_000
_MOST_TEXT = 1000
_MOST_REVISION = 2**62


class Malformed(Exception):
    """The body is not what the page's own script sends."""


@dataclass(frozen=True, slots=True)
class Save:
    """What was typed since the last time."""

    since: int
    window: UUID
    rows: list[TypedRow]
    common: Common | None


@dataclass(frozen=True, slots=True)
class Paste:
    """A text for rows below a position; what is sent twice has the same ``key``."""

    since: int
    window: UUID
    text: str
    after: float
    key: UUID


class BeginForm(forms.Form):
    """How a draft begins: empty, with a sheet or with a template."""

    sheet = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    shift = forms.ChoiceField(
        required=False, choices=[("", ""), *((shift.value, shift.value) for shift in DayMove)]
    )
    template = forms.UUIDField(required=False)


def save_from(body: bytes) -> Save:
    """Raises `Malformed`."""
    given = _object(body)
    rows = given.get("rows") or []
    if not isinstance(rows, list) or len(rows) > MOST_SENT:
        raise Malformed
    common = given.get("common")
    return Save(
        since=_revision(given.get("since")),
        window=window_from(given),
        rows=[_row(row) for row in rows],
        common=None if common is None else _common(common, given.get("common_base")),
    )


def paste_from(body: bytes) -> Paste:
    """Raises `Malformed`."""
    given = _object(body)
    text = given.get("text")
    if not isinstance(text, str):
        raise Malformed
    return Paste(
        since=_revision(given.get("since")),
        window=window_from(given),
        text=_storable(text[:MOST_PASTED]),
        after=_position(given.get("after") or 0),
        key=_uuid(given["key"]) if given.get("key") else uuid4(),
    )


def keys_from(body: bytes) -> tuple[set[UUID] | None, int]:
    """The rows to submit, None for all, and the revision seen. Raises `Malformed`."""
    given = _object(body)
    keys = given.get("keys")
    if keys is None:
        return None, _revision(given.get("since"))
    if not isinstance(keys, list):
        raise Malformed
    return {_uuid(key) for key in keys}, _revision(given.get("since"))


def since_from(text: str) -> int:
    """The revision of an address; 0 for what is none."""
    return min(int(text), _MOST_REVISION) if text.isascii() and text.isdigit() else 0


def window_from(given: Mapping[str, Any]) -> UUID:
    """The window's name; one that names itself not is a new one each time."""
    return _uuid(given["window"]) if given.get("window") else uuid4()


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        given = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(given, dict):
        raise Malformed
    return given


def _row(given: object) -> TypedRow:
    if not isinstance(given, dict) or not isinstance(given.get("cells") or {}, dict):
        raise Malformed
    cells = given.get("cells") or {}
    return TypedRow(
        key=_uuid(given.get("key")),
        base=_revision(given.get("base")),
        position=_position(given.get("position")),
        cells={name: _text(cells.get(name)) for name in CELLS},
        volunteer=_text(given.get("volunteer")),
        removed=given.get("removed") is True,
    )


def _common(given: object, base: object) -> Common:
    if not isinstance(given, dict):
        raise Malformed
    texts = {name: _text(given[name]) for name in SHARED if name in given}
    return Common(base=_revision(base), texts=texts)


def _text(given: object) -> str:
    """Text as typed; numbers and nothing as text."""
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise Malformed
    return _storable(str(given)[:_MOST_TEXT])


def _storable(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _uuid(given: object) -> UUID:
    try:
        return UUID(str(given))
    except ValueError as error:
        raise Malformed from error


def _revision(given: object) -> int:
    if given is None:
        return 0
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= _MOST_REVISION:
        raise Malformed
    return given


def _position(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise Malformed
    if not math.isfinite(position := float(given)):
        raise Malformed
    return position


def malformed_sentence() -> str:
    """For a page whose script is older than the server."""
    return _("The page is out of date. Load it again; what was typed stays.")
