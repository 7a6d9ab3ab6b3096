"""Divisions from a table: code, name, level, parent."""

from __future__ import annotations

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.committees.domain import Division, DivisionsTaken, take_divisions

__all__ = ["load_divisions", "read_divisions"]

_COLUMNS = ("code", "name", "level", "parent")


def load_divisions(path: Path) -> DivisionsTaken:
    """Takes the divisions of a csv file (UTF-8); see `take_divisions`, which it calls.

    Runs inside the scope of a job. Raises `Refusal`, and nothing has changed then.
    """
    return take_divisions(read_divisions(path))


def read_divisions(path: Path) -> list[Division]:
    """The file's rows. Raises `Refusal` where the file is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _divisions(csv.DictReader(file, strict=True))
    except OSError as error:
        message = _("The file {path} cannot be read: {reason}.")
        raise Refusal(
            message.format(path=path, reason=error.strerror), code="unreadable_file"
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        message = _("The file {path} is no csv table in UTF-8. Save it as such and load it again.")
        raise Refusal(message.format(path=path), code="unreadable_file") from error


def _divisions(reader: csv.DictReader[str]) -> list[Division]:
    header = [(name or "").strip() for name in reader.fieldnames or ()]
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        message = _("The file lacks the columns {columns}. Its first row must name them.")
        raise Refusal(message.format(columns=", ".join(missing)), code="missing_columns")
    reader.fieldnames = header
    divisions = []
    for row in reader:
        values = [(row[name] or "").strip() for name in _COLUMNS]
        if any(values):
            divisions.append(Division(reader.line_num, *values))
    return divisions
