"""Reads of activities."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from core.geo.columns import metres_from, within_box
from core.geo.points import Point
from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from volunteers.activities.models import Activity, ActivityChange, Shift

__all__ = [
    "CALL_COLUMNS",
    "ActivityChangeQuerySet",
    "ActivityQuerySet",
    "ShiftQuerySet",
    "changes_counted",
]

# All that volunteers and the public are given of an activity; policies.py grants no more.
CALL_COLUMNS = (
    "id",
    "committee_id",
    "organization_id",
    "project_id",
    "station_id",
    "title",
    "kind",
    "content",
    "place",
    "latitude",
    "longitude",
    "location_metres",
    "responsible_person",
    "responsible_phone",
    "risks",
    "insured",
    "youngest",
    "oldest",
    "needed_skills",
    "invited",
    "invited_group",
    "visibility",
    "withdrawal_hours",
    "state",
    "reason",
)

_STATION_POINT = ("station__latitude", "station__longitude")


def changes_counted(shift: str, activity: str) -> models.Subquery:
    """How often a shift or its activity as a whole was changed; by the names of their columns."""
    change = apps.get_model("volunteers", "ActivityChange")
    own = models.Q(shift_id=models.OuterRef(shift)) | models.Q(shift__isnull=True)
    found = change._default_manager.filter(own, activity_id=models.OuterRef(activity))
    # Grouped by nothing: one row, also where there is none to count.
    counted = found.order_by().annotate(n=models.Func(models.F("pk"), function="count"))
    return models.Subquery(counted.values("n"), output_field=models.IntegerField())


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Filters that compose."""

    def in_state(self, state: str) -> Self:
        """Those in that state; all of them for an empty one."""
        return self.filter(state=state) if state else self

    def as_calls(self) -> Self:
        """Of each what volunteers may read, with committee and organiser."""
        columns = [column.removesuffix("_id") for column in CALL_COLUMNS if column != "id"]
        names = ["organization__name", "project__name", "station__name", *_STATION_POINT]
        committee = ["committee__full_name", "committee__name"]
        related = self.select_related("committee", "organization", "project", "station")
        return related.only("id", *columns, *names, *committee)

    def below(self, path: str) -> Self:
        """Of that committee and all under it; an empty key matches nothing."""
        return self.filter(at_or_below(path))

    def to_settle(self, path: str) -> Self:
        """Of that committee itself, published, with the last shift over."""
        shift = apps.get_model("volunteers", "Shift")
        shifts = shift._default_manager.filter(activity=models.OuterRef("pk"))
        still = shifts.filter(ends_at__gt=Now(), cancelled_at__isnull=True)
        mine = self.filter(committee_id=path, state="published")
        return mine.filter(models.Exists(shifts), ~models.Exists(still))

    def with_first_shift(self) -> Self:
        """With ``first_starts_at``, when the first shift begins, or None, and its places."""
        return self.annotate(
            first_starts_at=models.Min("shifts__starts_at"),
            all_places=models.Sum("shifts__places"),
            all_taken=models.Sum("shifts__taken"),
        )


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Filters that compose."""

    def with_changes_counted(self) -> Self:
        """With ``changes``: how many times this shift or its activity was changed."""
        return self.annotate(changes=changes_counted("pk", "activity_id"))

    def on_day(self, day: date) -> Self:
        """Those of that day in the portal's zone. A night belongs to both of its days."""
        begins = timezone.make_aware(datetime.combine(day, time()))
        return self.filter(starts_at__lt=begins + timedelta(days=1), ends_at__gt=begins)

    def open_at(self, moment: datetime) -> Self:
        """Still to come, of calls that stand."""
        stands = self.filter(activity__state="published", cancelled_at__isnull=True)
        return stands.filter(starts_at__gt=moment)

    def below(self, path: str) -> Self:
        """Of that committee and all under it; an empty key matches nothing."""
        return self.filter(at_or_below(path))

    def near(self, point: Point, metres: float) -> Self:
        """Whose activity, or its station, has a point as near as that; with ``metres``."""
        placed = self.annotate(
            latitude=Coalesce("activity__latitude", "activity__station__latitude"),
            longitude=Coalesce("activity__longitude", "activity__station__longitude"),
        )
        around = placed.filter(within_box("latitude", "longitude", point, metres))
        measured = around.annotate(metres=metres_from("latitude", "longitude", point))
        return measured.filter(metres__lte=metres)

    def with_free_places_waited_for(self) -> Self:
        """Where somebody waits and a place is free."""
        return self.filter(waiting__gt=0, taken__lt=models.F("places"))

    def with_calls(self) -> Self:
        """With what volunteers may read of their activities; soonest first."""
        columns = [f"activity__{column.removesuffix('_id')}" for column in CALL_COLUMNS]
        organiser = [
            *(f"activity__{column}" for column in _STATION_POINT),
            "activity__organization__name",
            "activity__committee__full_name",
            "activity__committee__name",
        ]
        own = ["id", "starts_at", "ends_at", "places", "reserve", "taken", "waiting", "committee"]
        related = self.select_related(
            "activity__committee", "activity__organization", "activity__station"
        )
        named = related.only(*own, "cancelled_at", *columns, *organiser)
        return named.order_by("starts_at", "pk")


class ActivityChangeQuerySet(models.QuerySet["ActivityChange"]):
    """Filters that compose."""

    def as_told(self) -> Self:
        """What everybody reads of them: not who changed it."""
        return self.only("id", "activity", "shift", "said", "reason", "changed_at")

    def of_shift(self, shift_id: int, activity_id: int) -> Self:
        """Of that shift, and of its activity as a whole."""
        own = models.Q(shift_id=shift_id) | models.Q(shift__isnull=True)
        return self.filter(own, activity_id=activity_id)

    def concerning(self, volunteer_id: int) -> Self:
        """Changes since that volunteer signed up of what the volunteer still comes to."""
        signup = apps.get_model("volunteers", "SignUp")
        mine = signup._default_manager.filter(
            activity=models.OuterRef("activity"),
            volunteer_id=volunteer_id,
            state__in=["placed", "waiting", "offered"],
            asked_at__lt=models.OuterRef("changed_at"),
        )
        of_shift = mine.filter(shift=models.OuterRef("shift"))
        return self.filter(
            models.Exists(of_shift) | models.Q(models.Exists(mine), shift__isnull=True)
        )
