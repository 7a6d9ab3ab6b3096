"""Entering hours: one record at a time, as a draft or for confirmation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.domain.batches import BatchResult, Why, lock_batch
from volunteers.hours.domain.stretches import Stretch
from volunteers.hours.domain.texts import activity_given, evidence_given, note_given
from volunteers.hours.models import (
    HoursSheet,
    RecordSource,
    RecordState,
    ServiceKind,
    ServiceRecord,
)
from volunteers.hours.queries import ServiceRecordQuerySet, clock_of
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = [
    "amend_draft",
    "day_must_have_room",
    "insert_record",
    "record_hours",
    "sheet_for",
    "submit_hours",
]


@transaction.atomic
def record_hours(
    *,
    actor: Actor,
    volunteer: Volunteer,
    activity_title: str,
    when: Stretch,
    kind: ServiceKind = ServiceKind.OTHER,
    organization: Organization | None = None,
    note: str = "",
    evidence: str,
    evidence_key: UUID | None = None,
    draft: bool = False,
    nonce: UUID | None = None,
) -> ServiceRecord:
    """Enters one stretch of service afterwards; it awaits a second person unless it is a draft.

    The record belongs to the committee that the actor acts for, wherever the volunteer is
    registered. ``evidence`` names what proves the service (a sign-in sheet, a photo); it may be
    empty where files stand in the bundle ``evidence_key``, which the record's sheet then keeps.
    A ``nonce`` that was seen before returns the record it made then. Raises `Refusal` for a
    stretch that cannot be, an overlap, a day past 24 hours, missing evidence or a person who has
    withdrawn.
    """
    actor.must("hours.record")
    proof = _proof_given(evidence, evidence_key)
    if nonce is not None and (earlier := _record_sent_before(nonce)):
        return earlier
    _must_still_serve(volunteer)
    record = ServiceRecord(
        committee_id=actor.scope.committee,
        volunteer=volunteer,
        volunteer_name=volunteer.name,
        volunteer_number=volunteer.number,
        organization=organization,
        activity_title=activity_given(activity_title),
        kind=kind,
        served_on=when.served_on,
        during=when.during,
        minutes=when.counted_minutes,
        note=note_given(note),
        source=RecordSource.BACKFILL,
        state=RecordState.DRAFT if draft else RecordState.SUBMITTED,
        recorded_by=actor.user,
        recorded_by_label=actor.label,
        recorded_at=timezone.now(),
        nonce=nonce,
    )
    day_must_have_room(record)
    # Only now: the day's lock has waited for whoever sends the same nonce at the same moment.
    if nonce is not None and (earlier := _record_sent_before(nonce)):
        return earlier
    record.sheet = sheet_for(
        actor=actor,
        committee_id=actor.scope.committee,
        title=record.activity_title,
        source=RecordSource.BACKFILL,
        **proof,
    )
    return insert_record(record)


@transaction.atomic
def amend_draft(
    record: ServiceRecord,
    *,
    actor: Actor,
    activity_title: str,
    when: Stretch,
    kind: ServiceKind,
    organization: Organization | None = None,
    note: str = "",
) -> ServiceRecord:
    """Mends a draft. Who mends it has entered it, as has who did before: neither confirms it.

    Raises `Refusal` for a record that is no draft, and as `record_hours` does.
    """
    actor.must("hours.record")
    sheet = HoursSheet.objects.locked().get(records=record)
    locked = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    if locked.state != RecordState.DRAFT:
        message = _("Only a draft can be changed. What was submitted is corrected or sent back.")
        raise Refusal(message, code="not_draft")
    locked.activity_title = activity_given(activity_title)
    locked.served_on = when.served_on
    locked.during = when.during
    locked.minutes = when.counted_minutes
    locked.kind = kind
    locked.organization = organization
    locked.note = note_given(note)
    _keep_hand(sheet, locked)
    locked.recorded_by = actor.user
    locked.recorded_by_label = actor.label
    day_must_have_room(locked)
    return _save(locked)


def _keep_hand(sheet: HoursSheet, record: ServiceRecord) -> None:
    """The record's locked sheet remembers who entered it so far."""
    if record.recorded_by_id is not None and record.recorded_by_id not in sheet.hands:
        sheet.hands.append(record.recorded_by_id)
        sheet.save(update_fields=["hands"])


@transaction.atomic
def submit_hours(records: ServiceRecordQuerySet, *, actor: Actor) -> BatchResult:
    """Hands drafts to a second person. Raises `Refusal` when none of the records is a draft."""
    actor.must("hours.record")
    batch = lock_batch(
        records, lambda row: None if row.state == RecordState.DRAFT else Why.NOT_DRAFT
    )
    batch.write(state=RecordState.SUBMITTED)
    return batch.result(timezone.now())


def sheet_for(
    *,
    actor: Actor,
    committee_id: str,
    title: str,
    source: RecordSource,
    evidence: str,
    evidence_key: UUID | None = None,
) -> HoursSheet:
    """The actor's sheet of today for the same activity and evidence, or a new one.

    ``evidence_key`` is the bundle of files that the sheet keeps; None where there is none yet.
    """
    same: dict[str, Any] = {
        "committee_id": committee_id,
        "title": title,
        "source": source,
        "evidence": evidence,
        "recorded_by": actor.user,
    }
    if evidence_key is not None:
        same["evidence_key"] = evidence_key
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sheets = HoursSheet.objects.filter(**same, created_at__gte=today)
    return sheets.order_by("-pk").first() or HoursSheet.objects.create(
        **same, recorded_by_label=actor.label
    )


def _proof_given(evidence: str, evidence_key: UUID | None) -> dict[str, Any]:
    """What the sheet keeps; the text may be missing where files stand."""
    if evidence_key is None or not EvidenceFile.objects.of_bundle(evidence_key).exists():
        return {"evidence": evidence_given(evidence)}
    text = evidence_given(evidence, missing_is_right=True)
    return {"evidence": text, "evidence_key": evidence_key}


def day_must_have_room(record: ServiceRecord) -> None:
    """Locks the volunteer's days and raises `Refusal` when the day would pass 24 hours.

    The function looks at records of every committee, and answers yes or no.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT volunteers_day_has_room(%s, %s, %s, %s)",
            [record.volunteer_id, record.served_on, record.minutes, record.pk],
        )
        row = cursor.fetchone()
    if row != (True,):
        message = _("With this record {day} would have more than 24 hours.")
        raise Refusal(
            message.format(day=record.served_on.isoformat()), code="day_is_full", field="minutes"
        )


def insert_record(record: ServiceRecord) -> ServiceRecord:
    """Writes a new record. Raises `Refusal` where the database says that something stands."""
    return _save(record, force_insert=True)


def _save(record: ServiceRecord, *, force_insert: bool = False) -> ServiceRecord:
    try:
        with transaction.atomic():
            record.save(force_insert=force_insert)
    except IntegrityError as error:
        raise _what_stands(error, record) from error
    return record


def _what_stands(error: IntegrityError, record: ServiceRecord) -> Exception:
    """The refusal behind a broken constraint; the error itself where no rule explains it."""
    match broken_constraint(error):
        case "record_no_overlap":
            return Refusal(_overlap_sentence(record), code="overlap", field="start")
        case constraint if "nonce" in constraint:
            message = _("This key has been used for another record.")
            return Refusal(message, code="nonce_used", field="nonce")
        case _:
            return error


def _overlap_sentence(record: ServiceRecord) -> str:
    others = ServiceRecord.objects.overlapping(record.volunteer_id, record.during)
    other = others.exclude(pk=record.pk).order_by("pk").first()
    if other is None:
        return _("That time is already recorded by another committee.")
    start, end = clock_of(other.during)
    message = _("That time already holds “{activity}” {start}–{end}.")
    return message.format(activity=other.activity_title, start=start, end=end)


def _record_sent_before(nonce: UUID) -> ServiceRecord | None:
    return ServiceRecord.objects.filter(nonce=nonce).first()


def _must_still_serve(volunteer: Volunteer) -> None:
    if volunteer.state == VolunteerState.WITHDRAWN:
        message = _("{name} has withdrawn; nothing is recorded any more.")
        raise Refusal(
            message.format(name=volunteer.name), code="volunteer_withdrawn", field="volunteer"
        )
