"""Void with a reason; a correction voids and replaces, and never overwrites."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from volunteers.hours.domain.batches import BatchResult, Why, lock_batch
from volunteers.hours.domain.corrections import accept_open_requests
from volunteers.hours.domain.recording import day_must_have_room, insert_record, sheet_for
from volunteers.hours.domain.stretches import Stretch
from volunteers.hours.domain.texts import activity_given, note_given, reason_given
from volunteers.hours.models import RecordSource, RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet

__all__ = ["correct_hours", "void_hours"]


@transaction.atomic
def void_hours(records: ServiceRecordQuerySet, *, actor: Actor, reason: str) -> BatchResult:
    """Takes records out of the count for good; they stay readable with the reason.

    Open correction requests on them are answered with it. Raises `Refusal` without a reason or
    when every record is void already.
    """
    actor.must("hours.void")
    reason = reason_given(reason)
    batch = lock_batch(
        records, lambda row: Why.ALREADY_VOID if row.state == RecordState.VOID else None
    )
    with because(reason):
        batch.write(state=RecordState.VOID, voided=True, void_reason=reason)
    accept_open_requests(batch.ids, actor=actor, answer=reason)
    return batch.result(timezone.now())


@transaction.atomic
def correct_hours(
    record: ServiceRecord,
    *,
    actor: Actor,
    reason: str,
    activity_title: str,
    when: Stretch,
    kind: ServiceKind,
    organization: Organization | None = None,
    note: str = "",
) -> ServiceRecord:
    """Voids ``record`` and returns the one that replaces it, which awaits a second person.

    The new record belongs to the same committee; its evidence is the reason, beside
    the files that proved the old one. Raises `Refusal`
    for a draft or a void record, and as `record_hours` does.
    """
    actor.must("hours.correct")
    reason = reason_given(reason)
    old = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    if not old.stands:
        raise Refusal(_("Only a record that stands can be corrected."), code="not_standing")
    new = ServiceRecord(
        committee_id=old.committee_id,
        volunteer_id=old.volunteer_id,
        volunteer_name=old.volunteer_name,
        volunteer_number=old.volunteer_number,
        organization=organization,
        activity_title=activity_given(activity_title),
        kind=kind,
        served_on=when.served_on,
        during=when.during,
        minutes=when.counted_minutes,
        note=note_given(note),
        source=RecordSource.BACKFILL,
        state=RecordState.SUBMITTED,
        recorded_by=actor.user,
        recorded_by_label=actor.label,
        recorded_at=timezone.now(),
        replaces=old,
    )
    new.sheet = sheet_for(
        actor=actor,
        committee_id=old.committee_id,
        title=new.activity_title,
        source=RecordSource.BACKFILL,
        evidence=reason,
        evidence_key=old.sheet.evidence_key,
    )
    with because(reason):
        old.state, old.voided, old.void_reason = RecordState.VOID, True, reason
        old.save(update_fields=["state", "voided", "void_reason"])
        day_must_have_room(new)
        insert_record(new)
    accept_open_requests([old.pk], actor=actor, answer=reason)
    return new
