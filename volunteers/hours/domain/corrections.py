"""A volunteer says that a record is not right; the recording committee answers."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.hours.domain.texts import answer_given, message_given
from volunteers.hours.models import (
    CorrectionRequest,
    CorrectionState,
    ServiceRecord,
)

__all__ = ["accept_open_requests", "ask_correction", "decline_correction"]


@transaction.atomic
def ask_correction(record: ServiceRecord, *, actor: Actor, message: str) -> CorrectionRequest:
    """Opens a request on one's own record (Civil Affairs 67, art. 13: verified promptly).

    Raises `Refusal` without a message, on a record that does not stand, and while an earlier
    request on it still waits.
    """
    actor.must("corrections.ask")
    message = message_given(message)
    if not record.stands:
        refusal = _("This record does not count any more, so there is nothing to correct.")
        raise Refusal(refusal, code="not_standing")
    try:
        with transaction.atomic():
            return CorrectionRequest.objects.create(
                record=record,
                volunteer_id=record.volunteer_id,
                committee_id=record.committee_id,
                message=message,
            )
    except IntegrityError as error:
        refusal = _("You have already said so; the committee has still to answer.")
        raise Refusal(refusal, code="already_asked") from error


@transaction.atomic
def decline_correction(
    request: CorrectionRequest, *, actor: Actor, answer: str
) -> CorrectionRequest:
    """Leaves the record as it is and tells the volunteer why.

    Raises `Refusal` without an answer or when somebody has answered meanwhile.
    """
    actor.must("corrections.answer")
    answer = answer_given(answer)
    locked = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state != CorrectionState.OPEN:
        raise Refusal(_("This request has been answered already."), code="already_answered")
    locked.state = CorrectionState.DECLINED
    locked.answer = answer
    locked.answered_by = actor.user
    locked.answered_at = timezone.now()
    locked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return locked


def accept_open_requests(record_ids: list[int], *, actor: Actor, answer: str) -> None:
    """Answers what was asked about records that have just been voided or replaced."""
    CorrectionRequest.objects.open().filter(record_id__in=record_ids).update(
        state=CorrectionState.ACCEPTED,
        answer=answer,
        answered_by=actor.user,
        answered_at=timezone.now(),
    )
