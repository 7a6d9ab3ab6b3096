"""The peer: django-import-export in bulk mode, with the checks that the portal's import does.

Written as its documentation suggests: a `ModelResource` with ``use_bulk``, no diffs, no look-up of
an instance to update, checks in ``before_import_row``. It gets the portal's own parsers, looks each
volunteer up once, keeps what the batch at hand would hide from the database, and need not read
the workbook.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from import_export import resources

from core.crypto.blind_index import IDENTITY_NUMBER, blind_index
from core.workbooks import CellError
from core.workbooks.cells import parse_name
from organizations.accounts.actors import Actor
from tests.benchmarks.sheets import HEADERS
from volunteers.hours.imports.parsing import StretchParser, parse_number
from volunteers.hours.kinds import kind_of_activity
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["HoursResource"]


class HoursResource(resources.ModelResource):  # type: ignore[misc]  # the package ships no types
    """Hours of one committee, recorded by ``actor``."""

    class Meta:
        model = ServiceRecord
        fields: list[str] = []
        import_id_fields: list[str] = []
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        report_skipped = False
        force_init_instance = True

    def __init__(self, actor: Actor, sheet: HoursSheet) -> None:
        super().__init__()
        self._actor = actor
        self._sheet = sheet
        self._today = timezone.localdate()
        self._parser = StretchParser(
            today=self._today, zone=timezone.get_default_timezone(), unit="hours"
        )
        self._people: dict[str, Volunteer | None] = {}
        self._taken: dict[int, list[DateTimeTZRange]] = defaultdict(list)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Every check; a `ValidationError` leaves the row out and keeps its reason."""
        name, number, activity, day, start, end, hours, note = (row[each] for each in HEADERS)
        volunteer = self._volunteer(number)
        if volunteer.name != parse_name(name):
            raise ValidationError({"name": "The name differs from the registered one."})
        try:
            stretch = self._parser.parse(activity, day, (start, end), hours, note)
        except CellError as fault:
            raise ValidationError({self._parser.field: str(fault)}) from fault
        during = DateTimeTZRange(stretch.starts, stretch.ends)
        self._check_free(volunteer, during)
        row["made"] = ServiceRecord(
            volunteer=volunteer,
            volunteer_name=volunteer.name,
            volunteer_number=volunteer.number,
            committee_id=self._sheet.committee_id,
            sheet=self._sheet,
            activity_title=stretch.activity,
            kind=kind_of_activity(stretch.activity),
            served_on=stretch.served_on,
            during=during,
            minutes=stretch.minutes,
            note=stretch.note,
            source=self._sheet.source,
            state=RecordState.SUBMITTED,
            recorded_by=self._actor.user,
            recorded_by_label=self._actor.label,
            recorded_at=timezone.now(),
        )

    def init_instance(self, row: dict[str, Any] | None = None) -> ServiceRecord:
        """The record that the checks have made."""
        assert row is not None
        record: ServiceRecord = row["made"]
        return record

    def after_import(self, *args: Any, **kwargs: Any) -> None:
        """Leaves the sequence alone, which no role of the portal may set back."""

    def _volunteer(self, cell: str) -> Volunteer:
        if cell not in self._people:
            self._people[cell] = self._registered(cell)
        found = self._people[cell]
        if found is None:
            raise ValidationError({"volunteer": "Nobody is registered with this number."})
        return found

    def _registered(self, cell: str) -> Volunteer | None:
        try:
            number = parse_number(cell, today=self._today)
        except CellError:
            return None
        index = blind_index(number.text, purpose=IDENTITY_NUMBER)
        return Volunteer.objects.filter(identity__number_index=index).first()

    def _check_free(self, volunteer: Volunteer, during: DateTimeTZRange) -> None:
        in_file = any(
            during.lower < other.upper and other.lower < during.upper
            for other in self._taken[volunteer.pk]
        )
        if in_file or ServiceRecord.objects.overlapping(volunteer.pk, during).exists():
            raise ValidationError({"overlap": "There is a record at this time."})
        self._taken[volunteer.pk].append(during)
