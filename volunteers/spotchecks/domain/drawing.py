"""Drawing a sample: at once where the frame is small, by a job where it is large."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.jobs.domain import enqueue_job
from core.jobs.models import Job
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.spotchecks.models import SpotCheck, SpotCheckItem
from volunteers.spotchecks.queries import (
    DRAW,
    DROP_FRAME,
    FRAME_IDS,
    FRAME_UP_TO,
    KEEP_FRAME,
)

__all__ = ["DRAW_JOB", "Draw", "draw_spot_check", "order_spot_check"]

DRAW_JOB = "spotchecks.draw"
MOST_RECORDS = 500
# More than these would keep the page waiting.
MOST_AT_ONCE = 200_000
_IDS_AT_ONCE = 10_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What is asked for: ``size`` of the confirmed records of ``scope`` and below, by day served.

    Without a ``seed`` one is made.
    """

    scope: Committee
    title: str
    first_day: date
    last_day: date
    size: int
    seed: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """Of the statements."""
        return {
            "scope": self.scope.path,
            "first": self.first_day,
            "last": self.last_day,
            "seed": self.seed,
            "size": self.size,
        }


def order_spot_check(draw: Draw, *, actor: Actor, nonce: UUID | None = None) -> SpotCheck | Job:
    """Draws a sample at once, or leaves it to a job where the frame is large.

    The seed is made now, so that a job repeated after its worker's death draws the same. Raises
    as `draw_spot_check`.
    """
    draw = _checked(draw, actor)
    with connection.cursor() as cursor:
        cursor.execute(FRAME_UP_TO, {**draw.parameters, "most": MOST_AT_ONCE + 1})
        (size,) = cursor.fetchone()
    if size <= MOST_AT_ONCE:
        return draw_spot_check(draw, actor=actor)
    parameters = {
        "scope": draw.scope.path,
        "title": draw.title,
        "first_day": draw.first_day.isoformat(),
        "last_day": draw.last_day.isoformat(),
        "size": draw.size,
        "seed": draw.seed,
    }
    title = _("Spot check “{title}”").format(title=draw.title)
    return enqueue_job(kind=DRAW_JOB, parameters=parameters, actor=actor, title=title, nonce=nonce)


@transaction.atomic
def draw_spot_check(
    draw: Draw, *, actor: Actor, progress: Progress = lambda _done, _total: None
) -> SpotCheck:
    """Draws the sample of a frame of any size.

    With the same seed and the same frame the sample is the same. A frame smaller than ``size`` is
    checked whole. Raises `Refusal` for a period that runs backwards, an empty frame, and a size
    out of bounds.
    """
    draw = _checked(draw, actor)
    with connection.cursor() as cursor:
        cursor.execute(KEEP_FRAME, draw.parameters)
        frame_size = cursor.rowcount
    if not frame_size:
        message = _("No confirmed record of these days; choose other days or another committee.")
        raise Refusal(message, code="empty_frame", field="first_day")
    check = SpotCheck.objects.create(
        committee_id=actor.scope.committee,
        committee_name=str(actor.committee),
        title=draw.title,
        scope=draw.scope,
        scope_name=draw.scope.full_name,
        first_day=draw.first_day,
        last_day=draw.last_day,
        size=min(draw.size, frame_size),
        seed=draw.seed,
        frame_size=frame_size,
        frame_digest=_digest(frame_size, progress),
        drawn_by=actor.user,
        drawn_by_label=actor.label,
    )
    _keep_sample(check, draw)
    return check


def _checked(draw: Draw, actor: Actor) -> Draw:
    actor.must("spotchecks.draw")
    if not actor.scope.committee or not draw.scope.path.startswith(actor.scope.committee):
        message = _("Draw from the records of your committee or one below it.")
        raise Refusal(message, code="not_below", field="scope")
    if draw.last_day < draw.first_day:
        raise Refusal(_("The last day lies before the first."), code="backwards", field="last_day")
    if not 1 <= draw.size <= MOST_RECORDS:
        message = _("Draw from 1 to {most} records.").format(most=MOST_RECORDS)
        raise Refusal(message, code="out_of_bounds", field="size")
    missing = _("Give the spot check a title.")
    title = text_given(draw.title, field="title", most=100, missing=missing)
    return replace(draw, title=title, seed=draw.seed.strip() or secrets.token_hex(16))


def _digest(frame_size: int, progress: Progress) -> str:
    """Of all ids, read in parts: joined by commas they may be larger than a value can be."""
    digest = sha256()
    done = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(FRAME_IDS)
        while ids := cursor.fetchmany(_IDS_AT_ONCE):
            digest.update(("," if done else "").encode())
            digest.update(",".join(str(pk) for (pk,) in ids).encode())
            done += len(ids)
            progress(done, frame_size)
    return digest.hexdigest()


def _keep_sample(check: SpotCheck, draw: Draw) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DRAW, draw.parameters)
        rows = cursor.fetchall()
        cursor.execute(DROP_FRAME)
    SpotCheckItem.objects.bulk_create(
        SpotCheckItem(
            committee_id=check.committee_id,
            check_of=check,
            record_id=record,
            record_committee_id=committee,
            position=position,
            volunteer_name=name,
            activity_title=activity,
            served_on=served_on,
            minutes=minutes,
        )
        for position, (record, committee, name, activity, served_on, minutes) in enumerate(
            rows, start=1
        )
    )
