"""Taking a sending-back back, for as long as who entered the sheet has not touched it."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.hours.domain.batches import BatchResult, Locked, Why, lock_batch
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord

__all__ = ["take_back_return"]


@transaction.atomic
def take_back_return(sheet: HoursSheet, *, actor: Actor) -> BatchResult:
    """What was sent back awaits confirmation again, as it stood.

    Raises `Refusal` where nothing was sent back, and once a record of the sheet has been changed,
    added or handed in since: from then on it is the enterer's.
    """
    actor.must("hours.confirm")
    locked = HoursSheet.objects.locked().get(pk=sheet.pk)
    returned = _returned(locked)
    batch = lock_batch(
        ServiceRecord.objects.with_ids(returned),
        lambda row: None if _is_draft(row) else Why.NOT_DRAFT,
    )
    # Asked once they are locked: a change that was on its way is seen now.
    if batch.left_out or _returned(locked) != returned:
        raise _touched()
    with because(_("the sending-back was taken back")):
        batch.write(state=RecordState.SUBMITTED)
    locked.returned_at, locked.returned_by_label, locked.return_reason = None, "", ""
    locked.save(update_fields=["returned_at", "returned_by_label", "return_reason"])
    return batch.result(timezone.now())


def _returned(sheet: HoursSheet) -> list[int]:
    """The records that went back with the last sending-back. Raises `Refusal` once touched.

    The history tells: all that one transaction writes has its one moment, just before the moment
    that the sheet keeps, and nothing of the sheet may be younger.
    """
    if sheet.returned_at is None:
        message = _("Nothing of this sheet has been sent back.")
        raise Refusal(message, code="not_returned")
    records = ServiceRecord.objects.filter(sheet=sheet).order_by()
    events = apps.get_model("volunteers", "ServiceRecordHistory")
    history = events._default_manager.filter(pgh_obj_id__in=records.values("pk"))
    sent = history.filter(state=RecordState.DRAFT, pgh_created_at__lte=sheet.returned_at)
    moment = sent.aggregate(last=Max("pgh_created_at"))["last"]
    if moment is None or history.filter(pgh_created_at__gt=moment).exists():
        raise _touched()
    return sorted(
        sent.filter(pgh_created_at=moment).values_list("pgh_obj_id", flat=True).distinct()
    )


def _is_draft(row: Locked) -> bool:
    return row.state == RecordState.DRAFT


def _touched() -> Refusal:
    message = _("Who entered the sheet has begun to mend it; it comes back when it is handed in.")
    return Refusal(message, code="return_touched")
