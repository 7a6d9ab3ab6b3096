"""What visitors may look for, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.cache import caches
from django.db.models import F
from django.utils import timezone

from organizations.committees.models import Committee, Kind, Level
from volunteers.activities.models import Activity, Shift, Visibility
from volunteers.activities.queries import ActivityQuerySet, ShiftQuerySet
from volunteers.projects.models import Project

__all__ = [
    "DAYS_OFFERED",
    "Wanted",
    "offered_divisions",
    "offered_projects",
    "public_calls",
    "shifts_wanted",
]

# The days by name in the form; later ones are in the list all the same.
DAYS_OFFERED = 14
_REMEMBERED_SECONDS = 600
_MOST_PROJECTS = 200
_PROJECTS = "projects-called"

Divisions = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; empty values stand for anything. ``path`` is a committee's key."""

    path: str = ""
    kind: str = ""
    project: int | None = None
    day: date | None = None
    with_room: bool = False


def public_calls() -> ActivityQuerySet:
    """Calls for everybody that were published, the cancelled and settled ones among them.

    The database shows visitors no others; said here too, as the first of two guards.
    """
    return Activity.objects.as_calls().filter(
        visibility=Visibility.PUBLIC, state__in=["published", "settled", "cancelled"]
    )


def shifts_wanted(wanted: Wanted, *, at: datetime) -> ShiftQuerySet:
    """Shifts to come of public calls, in any order. A night belongs to both of its days."""
    shifts = Shift.objects.open_at(at).with_calls().filter(activity__visibility=Visibility.PUBLIC)
    if wanted.path:
        shifts = shifts.below(wanted.path)
    if wanted.kind:
        shifts = shifts.filter(activity__kind=wanted.kind)
    if wanted.project is not None:
        shifts = shifts.filter(activity__project=wanted.project)
    if wanted.day is not None:
        shifts = shifts.on_day(wanted.day)
    if wanted.with_room:
        shifts = shifts.filter(taken__lt=F("places"), waiting=0)
    return shifts


def offered_divisions() -> Divisions:
    """Cities with their counties for a choice of one step: ``[(city, [(code, name), …]), …]``.

    The city itself comes first in its group. Remembered for ten minutes: a county is founded
    seldom, and everybody's first page asks.
    """
    key = f"divisions-{settings.PORTAL_PROVINCE}"
    found: Divisions | None = caches["process"].get(key)
    if found is None:
        found = _divisions()
        caches["process"].set(key, found, _REMEMBERED_SECONDS)
    return found


def offered_projects() -> list[tuple[str, str]]:
    """Projects under which something public is to come, as ``[(id, name), …]``, by name.

    Remembered for ten minutes.
    """
    found: list[tuple[str, str]] | None = caches["process"].get(_PROJECTS)
    if found is None:
        called = shifts_wanted(Wanted(), at=timezone.now()).order_by().values("activity__project")
        rows = Project.objects.filter(pk__in=called).order_by("name", "pk")[:_MOST_PROJECTS]
        found = [(str(row.pk), row.name) for row in rows]
        caches["process"].set(_PROJECTS, found, _REMEMBERED_SECONDS)
    return found


def _divisions() -> Divisions:
    province = Committee.objects.filter(code=settings.PORTAL_PROVINCE).first()
    path = province.path if province else ""
    rows = (
        Committee.objects.below(path)
        .existing_on(timezone.localdate())
        .filter(kind=Kind.REGIONAL, level__in=[Level.CITY, Level.COUNTY])
        .order_by("path")
    )
    groups: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for each in rows:
        if each.level == Level.CITY:
            groups[each.path] = (each.name, [(each.code, each.name)])
        elif each.parent_id in groups:
            groups[each.parent_id][1].append((each.code, each.name))
    return list(groups.values())
