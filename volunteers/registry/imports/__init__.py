"""The import of a roster: every good row becomes a volunteer, every other says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from core.crypto.blind_index import GUARDIAN_PHONE, IDENTITY_NUMBER, PHONE, blind_index
from core.crypto.masks import mask_identity_number, mask_phone
from core.crypto.sealing import seal
from core.identity.names import pinyin_initials, pinyin_key
from core.workbooks import Sheet
from core.workbooks.results import ALREADY_RECORDED, ImportResult, RefusedRow
from core.workbooks.staging import begin_import, drop_staged, stage_rows
from volunteers.registry.domain import must_find_again
from volunteers.registry.imports.columns import ROSTER_COLUMNS
from volunteers.registry.imports.faults import RosterFault
from volunteers.registry.imports.parsing import Person, RosterParser, RowRefused
from volunteers.registry.imports.statements import (
    COPY_COLUMNS,
    COPY_TYPES,
    CREATE_STAGED,
    INSERT_TAKEN,
    NEXT_KEYS,
    REFUSED,
)
from volunteers.registry.imports.townships import Townships
from volunteers.registry.models import identity_context

if TYPE_CHECKING:
    from core.workbooks.shapes import Progress
    from organizations.accounts.actors import Actor
    from organizations.committees.models import Committee

__all__ = ["KIND", "ROSTER_COLUMNS", "RosterFault", "import_roster"]

KIND = "volunteers"


def import_roster(
    sheet: Sheet,
    *,
    committee: Committee,
    actor: Actor,
    consent: str,
    check: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Register the people of ``sheet`` (read with `ROSTER_COLUMNS`) below ``committee``.

    ``consent`` is the organisation's declaration that everyone listed agreed (办法 2020, art. 6:
    entered by the organisation with consent); it is kept on each volunteer. With ``check``
    everything is done and taken back, so the answer is the same. Runs inside the actor's scope;
    raises `PermissionDenied`, and `Refusal` while blind indexes are made anew.
    """
    actor.must("volunteers.import")
    must_find_again()
    with transaction.atomic():
        begin_import(committee.path)
        roster = _Roster(sheet, committee, progress)
        stage_rows(CREATE_STAGED, COPY_COLUMNS, types=COPY_TYPES, rows=roster.staged())
        accepted = _insert(consent)
        result = ImportResult(
            kind=KIND,
            rows=sheet.count,
            accepted=accepted,
            refused=sorted([*roster.refused, *_registered()], key=lambda refused: refused.row),
        )
        drop_staged("roster_staged")
        if check:
            transaction.set_rollback(True)
    return result


class _Roster:
    """Walks the sheet once; keeps what the cells alone let one refuse."""

    def __init__(self, sheet: Sheet, committee: Committee, progress: Progress | None) -> None:
        today = timezone.localdate()
        below = type(committee).objects.below(committee.path).existing_on(today)
        self.refused: list[RefusedRow] = []
        self._sheet = sheet
        self._progress = progress
        self._parser = RosterParser(Townships(committee, below), today, {})
        self._keys = _next_keys(sheet.count)

    def staged(self) -> Iterator[tuple[object, ...]]:
        """Rows for `COPY_COLUMNS`."""
        done = 0
        for chunk in self._sheet.chunks():
            for row in chunk:
                try:
                    person = self._parser.parse(row)
                except RowRefused as refused:
                    self.refused.append(RefusedRow(row.number, refused.field, refused.fault))
                else:
                    yield _staged(person, next(self._keys))
            done += len(chunk)
            if self._progress:
                self._progress(done, self._sheet.count)


def _staged(person: Person, key: int) -> tuple[object, ...]:
    guardian = person.guardian_phone
    return (
        person.row,
        key,
        person.township,
        person.name,
        pinyin_key(person.name)[:150],
        pinyin_initials(person.name)[:25],
        str(person.gender),
        person.birth_date,
        person.political_status,
        person.skills,
        person.registered_on,
        person.guardian_name,
        mask_identity_number(person.id_number),
        mask_phone(person.phone),
        mask_phone(guardian),
        str(person.document_kind),
        seal(person.id_number, context=identity_context(key, "number_sealed")),
        blind_index(person.id_number, purpose=IDENTITY_NUMBER),
        seal(person.phone, context=identity_context(key, "phone_sealed")),
        blind_index(person.phone, purpose=PHONE),
        seal(guardian, context=identity_context(key, "guardian_phone_sealed"))
        if guardian
        else None,
        blind_index(guardian, purpose=GUARDIAN_PHONE) if guardian else None,
    )


def _next_keys(count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_KEYS, [count])
        return iter([key for (key,) in cursor.fetchall()])


def _insert(consent: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(INSERT_TAKEN, {"today": timezone.localdate(), "consent": consent})
        (accepted,) = cursor.fetchone()
    return int(accepted)


def _registered() -> Iterator[RefusedRow]:
    """Staged rows whose number somebody has already."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSED)
        for row, name, number, committee, since, same in cursor:
            yield RefusedRow(row, "duplicate", _duplicate(name, number, committee, since, same))


def _duplicate(
    name: str | None, number: str, committee: str, since: object, same: object
) -> RosterFault:
    if name is None:
        return RosterFault("registered_elsewhere")
    where = {"name": name, "number": number, "committee": committee}
    if same:
        return RosterFault(ALREADY_RECORDED, **where, date=str(since))
    return RosterFault("registered", **where)
