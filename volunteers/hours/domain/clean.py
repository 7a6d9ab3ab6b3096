"""Confirming a sheet in two parts: what is clean at once, what is odd after a look."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.hours.domain.batches import BatchResult
from volunteers.hours.domain.confirming import confirm_hours
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.signals.queries.odd import is_unseen, signal_of

__all__ = ["confirm_clean_hours", "confirm_odd_hours"]


@transaction.atomic
def confirm_clean_hours(sheet: HoursSheet, *, actor: Actor) -> BatchResult:
    """Confirms what waits in the sheet without any signal that the actor can read.

    Raises `Refusal` while the sheet has still to be looked at, and as `confirm_hours` does.
    """
    actor.must("hours.confirm")
    if is_unseen(sheet.pk):
        message = _(
            "The sheet has just changed and is being looked at. Load it anew in some seconds."
        )
        raise Refusal(message, code="not_looked_at")
    waiting = ServiceRecord.objects.filter(sheet=sheet).awaiting_confirmation()
    return confirm_hours(waiting.filter(~signal_of()), actor=actor)


@transaction.atomic
def confirm_odd_hours(sheet: HoursSheet, *, actor: Actor) -> BatchResult:
    """Confirms what waits in the sheet with a signal: somebody has looked at it.

    Raises `Refusal` as `confirm_hours` does.
    """
    actor.must("hours.confirm")
    waiting = ServiceRecord.objects.filter(sheet=sheet).awaiting_confirmation()
    return confirm_hours(waiting.filter(signal_of()), actor=actor)
