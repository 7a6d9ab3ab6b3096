"""A call with a shift, and people who come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from organizations.accounts.actors import Actor, actor_of_volunteer
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerFactory
from volunteers.activities.models import Activity, Shift

__all__ = ["another", "call"]


def call(cast: Cast, *, places: int = 1, reserve: int = 5, days: int = 3, **fields: Any) -> Shift:
    """A shift of two hours of a published activity, of county 441802 unless ``fields`` say more."""
    now = timezone.now()
    with as_owner():
        activity = Activity.objects.create(
            **{
                "committee": cast.committee("441802"),
                "title": "河小青巡河护水",
                "kind": "environment",
                "content": "沿河清理垃圾",
                "place": "北江东岸",
                "responsible_person": "责任人",
                "responsible_phone": "0763-0000000",
                "created_by_label": "录入",
                "state": "published",
                "reviewed_at": now,
                **fields,
            }
        )
        starts_at = now + timedelta(days=days)
        return Shift.objects.create(
            activity=activity,
            committee_id=activity.committee_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            places=places,
            reserve=reserve,
        )


def another(cast: Cast, code: str = "441802009", **fields: Any) -> Actor:
    """One more volunteer with an account."""
    with as_owner():
        person = VolunteerFactory(committee=cast.committee(code), **fields)
        return actor_of_volunteer(UserFactory(volunteer_id=person.pk))
