"""Short ways to put hours on the table in tests."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from organizations.accounts.actors import Actor
from volunteers.hours.domain import Stretch, record_hours
from volunteers.hours.models import ServiceKind, ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet
from volunteers.registry.models import Volunteer

__all__ = ["AFTERNOON", "DAY", "at", "enter", "only", "typed"]

DAY = date(2026, 5, 16)


def at(start: str, end: str, *, on: date = DAY, minutes: int | None = None) -> Stretch:
    """A stretch by clock, as ``at("14:00", "16:00")``."""
    return Stretch(
        served_on=on,
        start=time.fromisoformat(start),
        end=time.fromisoformat(end),
        minutes=minutes,
    )


AFTERNOON = at("14:00", "16:00")


def enter(
    actor: Actor,
    volunteer: Volunteer,
    when: Stretch = AFTERNOON,
    *,
    activity_title: str = "敬老院探访",
    evidence: str = "签到表照片",
    nonce: UUID | None = None,
    draft: bool = False,
    **changes: Any,
) -> ServiceRecord:
    """Records hours inside the open scope."""
    return record_hours(
        actor=actor,
        volunteer=volunteer,
        activity_title=activity_title,
        when=when,
        kind=ServiceKind.ELDERLY,
        evidence=evidence,
        draft=draft,
        nonce=nonce,
        **changes,
    )


def only(*records: ServiceRecord) -> ServiceRecordQuerySet:
    """A batch of exactly these."""
    return ServiceRecord.objects.with_ids([record.pk for record in records])


def typed(volunteer: Volunteer, /, **changes: Any) -> dict[str, Any]:
    """What somebody types into the form for a record."""
    return {
        "volunteer": volunteer.number,
        "activity_title": "敬老院探访",
        "kind": "elderly",
        "served_on": "2026-05-16",
        "start": "14:00",
        "end": "16:00",
        "evidence": "签到表照片",
        "nonce": str(uuid4()),
        **changes,
    }
