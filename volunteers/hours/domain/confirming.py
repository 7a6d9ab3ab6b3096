"""A second person confirms, takes a confirmation back, or sends a sheet back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from core.tenancy.scope import because
from organizations.accounts.actors import Actor
from organizations.accounts.models import User
from volunteers.hours.domain.batches import BatchResult, Locked, Why, lock_batch
from volunteers.hours.domain.evidence import sheets_without_evidence
from volunteers.hours.domain.texts import reason_given
from volunteers.hours.models import ENTERED_AFTERWARDS, HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet

__all__ = ["access_lately_from", "confirm_hours", "return_sheet", "withdraw_confirmation"]

# After that, others may have relied on the hours: voiding, with its trace, is the way.
WITHDRAWAL_PERIOD = timedelta(days=1)
# So long whoever handed over the link to an account may still be the one who uses it.
HANDED_OVER_PERIOD = timedelta(days=30)


@transaction.atomic
def confirm_hours(records: ServiceRecordQuerySet, *, actor: Actor) -> BatchResult:
    """Counts submitted records. Those that a rule holds back are left out and reported.

    Nobody confirms what they entered or helped to enter, nor their own service as a volunteer,
    nor, for 30 days, what somebody entered or helped to enter who handed them the link to their
    account: one person could be both. What was entered afterwards needs evidence, a text or a
    file. Works in one statement for a sheet of any size. Raises `Refusal` when no record passes.
    """
    actor.must("hours.confirm")
    unproven = sheets_without_evidence(records)

    @cache
    def helpers() -> dict[int, list[int]]:
        # Asked once the records are locked, so that nobody's hand is added meanwhile.
        sheets = HoursSheet.objects.filter(pk__in=records.values("sheet_id").order_by())
        return dict(sheets.exclude(hands=[]).values_list("pk", "hands"))

    def judge(row: Locked) -> Why | None:
        hands = {row.recorded_by_id, *helpers().get(row.sheet_id, ())}
        why = _why_not_confirmed(row, actor, hands - {None})
        if why is None and row.source in ENTERED_AFTERWARDS and row.sheet_id in unproven:
            return Why.NO_EVIDENCE
        return why

    batch = lock_batch(records, judge)
    moment = timezone.now()
    batch.write(
        state=RecordState.CONFIRMED,
        confirmed_by=actor.user,
        confirmed_by_label=actor.label,
        confirmed_at=moment,
    )
    return batch.result(moment)


@transaction.atomic
def withdraw_confirmation(
    records: ServiceRecordQuerySet, *, actor: Actor, reason: str
) -> BatchResult:
    """Puts records back to awaiting confirmation, for who confirmed them and within a day.

    Raises `Refusal` without a reason or when no record passes.
    """
    actor.must("hours.confirm")
    reason = reason_given(reason)
    moment = timezone.now()
    oldest = moment - WITHDRAWAL_PERIOD

    def judge(row: Locked) -> Why | None:
        mine = actor.user is not None and row.confirmed_by_id == actor.user.pk
        if row.state != RecordState.CONFIRMED or not mine:
            return Why.NOT_CONFIRMED_BY_YOU
        recent = row.confirmed_at is not None and row.confirmed_at >= oldest
        return None if recent else Why.CONFIRMED_LONG_AGO

    batch = lock_batch(records, judge)
    with because(reason):
        batch.write(
            state=RecordState.SUBMITTED,
            confirmed_by=None,
            confirmed_by_label="",
            confirmed_at=None,
        )
    return batch.result(moment)


@transaction.atomic
def return_sheet(sheet: HoursSheet, *, actor: Actor, reason: str) -> BatchResult:
    """Sends what waits in a sheet back to who entered it, as drafts, with the reason.

    Raises `Refusal` without a reason or when nothing of the sheet waits.
    """
    actor.must("hours.confirm")
    reason = reason_given(reason)
    sheet = HoursSheet.objects.locked().get(pk=sheet.pk)
    waiting = ServiceRecord.objects.filter(sheet=sheet).awaiting_confirmation()
    batch = lock_batch(waiting, lambda _row: None)
    moment = timezone.now()
    with because(reason):
        batch.write(state=RecordState.DRAFT)
    sheet.returned_at = moment
    sheet.returned_by_label = actor.label
    sheet.return_reason = reason
    sheet.save(update_fields=["returned_at", "returned_by_label", "return_reason"])
    return batch.result(moment)


def _why_not_confirmed(row: Locked, actor: Actor, hands: Collection[int | None]) -> Why | None:
    """``hands`` are the accounts that entered the record or took part in it."""
    user = actor.user
    if row.state != RecordState.SUBMITTED:
        return Why.NOT_SUBMITTED
    if user is None or user.pk in hands:
        return Why.OWN_ENTRY
    if row.volunteer_id == user.volunteer_id:
        return Why.OWN_SERVICE
    if access_lately_from(user) in hands:
        return Why.ACCESS_FROM_ENTERER
    return None


def access_lately_from(user: User) -> int | None:
    """The account that handed ``user`` the way in within the last 30 days."""
    handed_at = user.access_from_at
    if handed_at is None or handed_at < timezone.now() - HANDED_OVER_PERIOD:
        return None
    return user.access_from_id
