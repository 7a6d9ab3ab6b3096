"""Saying what each record of a sample was found to be, and publishing the outcome."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.hours.domain import access_lately_from
from volunteers.hours.models import ServiceRecord
from volunteers.spotchecks.models import Finding, SpotCheck, SpotCheckItem

__all__ = ["has_hand_in", "judge_record", "publish_spot_check"]


@transaction.atomic
def judge_record(
    item: SpotCheckItem, *, actor: Actor, finding: Finding, evidence: str
) -> SpotCheckItem:
    """Says what a record was found to be, and what it was compared with.

    Nobody judges a record that they entered, helped to enter or confirmed, nor one of who handed
    them their account in the last 30 days, nor their own service. May be said again until the
    outcome is published. Raises `Refusal` otherwise and without evidence.
    """
    actor.must("spotchecks.judge")
    # Publishing locks the check too: nothing is judged while the outcome is put together.
    check = SpotCheck.objects.select_for_update().get(pk=item.check_of_id)
    if check.is_published:
        message = _("The outcome is published; nothing is changed any more.")
        raise Refusal(message, code="published")
    locked = SpotCheckItem.objects.select_for_update().get(pk=item.pk)
    _must_be_third(locked, actor)
    missing = _("Say what you compared it with, such as “sign-in sheet, called by telephone”.")
    locked.finding = finding
    locked.evidence = text_given(evidence, field="evidence", most=300, missing=missing)
    locked.judged_by = actor.user
    locked.judged_by_label = actor.label
    locked.judged_at = timezone.now()
    locked.save()
    return locked


@transaction.atomic
def publish_spot_check(check: SpotCheck, *, actor: Actor) -> SpotCheck:
    """Makes the outcome stand, for all committees concerned to read.

    Raises `Refusal` while a record has not been judged, and for a check that is published already.
    """
    actor.must("spotchecks.draw")
    locked = SpotCheck.objects.select_for_update().get(pk=check.pk)
    if locked.is_published:
        raise Refusal(_("The outcome is published already."), code="published")
    tally = locked.items.tally()
    if left := tally.get("", 0):
        message = _("{n} records have still to be looked at.").format(n=left)
        raise Refusal(message, code="not_finished")
    locked.published_at = timezone.now()
    locked.published_by_label = actor.label
    locked.keep_tally(tally)
    locked.save()
    return locked


def has_hand_in(record: ServiceRecord, *, actor: Actor) -> bool:
    """Whether the actor entered, helped to enter or confirmed the record: others judge it."""
    return actor.user is None or actor.user.pk in _hands_in(record)


def _hands_in(record: ServiceRecord) -> set[int | None]:
    return {record.recorded_by_id, record.confirmed_by_id, *record.sheet.hands} - {None}


def _must_be_third(item: SpotCheckItem, actor: Actor) -> None:
    record = ServiceRecord.objects.select_related("sheet").get(pk=item.record_id)
    user = actor.user
    if user is None or has_hand_in(record, actor=actor):
        message = _("You entered or confirmed this record; somebody else judges it.")
        raise Refusal(message, code="own_work")
    if access_lately_from(user) in _hands_in(record):
        message = _("Who entered or confirmed this record gave you your password; a third judges.")
        raise Refusal(message, code="access_from_hand")
    if record.volunteer_id == user.volunteer_id:
        message = _("This is your own service; somebody else judges it.")
        raise Refusal(message, code="own_service")
