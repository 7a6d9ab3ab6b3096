"""Drawing a sample, saying what each record was found to be, publishing the outcome."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.hours.models import ServiceRecord
from volunteers.spotchecks.models import Finding, SpotCheck, SpotCheckItem
from volunteers.spotchecks.queries import DRAW, FRAME

__all__ = ["draw_spot_check", "judge_record", "publish_spot_check"]

MOST_RECORDS = 500
MOST_IN_FRAME = 500_000


@transaction.atomic
def draw_spot_check(
    *,
    actor: Actor,
    scope: Committee,
    title: str,
    first_day: date,
    last_day: date,
    size: int,
    seed: str = "",
) -> SpotCheck:
    """Draws ``size`` of the confirmed records of ``scope`` and below, served in the period.

    A seed is made where none is given; with the same one and the same frame the sample is the
    same. A frame smaller than ``size`` is checked whole. Raises `Refusal` for a period that runs
    backwards, a frame that is empty or too large, and a size out of bounds.
    """
    actor.must("spotchecks.draw")
    if not actor.scope.committee or not scope.path.startswith(actor.scope.committee):
        message = _("Draw from the records of your committee or one below it.")
        raise Refusal(message, code="not_below", field="scope")
    if last_day < first_day:
        raise Refusal(_("The last day lies before the first."), code="backwards", field="last_day")
    if not 1 <= size <= MOST_RECORDS:
        message = _("Draw from 1 to {most} records.").format(most=MOST_RECORDS)
        raise Refusal(message, code="out_of_bounds", field="size")
    seed = seed.strip() or secrets.token_hex(16)
    parameters: dict[str, Any] = {
        "scope": scope.path,
        "first": first_day,
        "last": last_day,
        "seed": seed,
        "size": size,
        "most": MOST_IN_FRAME + 1,
    }
    frame_size, digest = _frame(parameters)
    check = SpotCheck.objects.create(
        committee_id=actor.scope.committee,
        title=text_given(title, field="title", most=100, missing=_("Give the spot check a title.")),
        scope=scope,
        first_day=first_day,
        last_day=last_day,
        size=min(size, frame_size),
        seed=seed,
        frame_size=frame_size,
        frame_digest=digest,
        drawn_by=actor.user,
        drawn_by_label=actor.label,
    )
    _draw(check, parameters)
    return check


@transaction.atomic
def judge_record(
    item: SpotCheckItem, *, actor: Actor, finding: Finding, evidence: str
) -> SpotCheckItem:
    """Says what a record was found to be, and what it was compared with.

    Nobody judges a record that they entered or confirmed, nor their own service. May be said again
    until the outcome is published. Raises `Refusal` otherwise and without evidence.
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
    """Makes the outcome stand. Raises `Refusal` while a record has not been judged, or twice."""
    actor.must("spotchecks.draw")
    locked = SpotCheck.objects.select_for_update().get(pk=check.pk)
    if locked.is_published:
        raise Refusal(_("The outcome is published already."), code="published")
    left = locked.items.filter(finding="").count()
    if left:
        message = _("{n} records have still to be looked at.").format(n=left)
        raise Refusal(message, code="not_finished")
    locked.published_at = timezone.now()
    locked.published_by_label = actor.label
    locked.save(update_fields=["published_at", "published_by_label"])
    return locked


def _frame(parameters: dict[str, Any]) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(FRAME, parameters)
        frame_size, digest = cursor.fetchone()
    if not frame_size:
        message = _("No confirmed record of these days; choose other days or another committee.")
        raise Refusal(message, code="empty_frame", field="first_day")
    if frame_size > MOST_IN_FRAME:
        message = _("More than {most} records; choose fewer days or a committee below.")
        raise Refusal(
            message.format(most=f"{MOST_IN_FRAME:,}"), code="frame_too_large", field="last_day"
        )
    return frame_size, digest


def _draw(check: SpotCheck, parameters: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DRAW, parameters)
        rows = cursor.fetchall()
    SpotCheckItem.objects.bulk_create(
        SpotCheckItem(
            committee_id=check.committee_id,
            check_of=check,
            record_id=record,
            position=position,
            volunteer_name=name,
            activity_title=activity,
            served_on=served_on,
            minutes=minutes,
        )
        for position, (record, name, activity, served_on, minutes) in enumerate(rows, start=1)
    )


def _must_be_third(item: SpotCheckItem, actor: Actor) -> None:
    record = ServiceRecord.objects.only("recorded_by_id", "confirmed_by_id", "volunteer_id").get(
        pk=item.record_id
    )
    user = actor.user
    if user is None or user.pk in {record.recorded_by_id, record.confirmed_by_id}:
        message = _("You entered or confirmed this record; somebody else judges it.")
        raise Refusal(message, code="own_work")
    if record.volunteer_id == user.volunteer_id:
        message = _("This is your own service; somebody else judges it.")
        raise Refusal(message, code="own_service")
