"""People of a committee that has closed move on to its successor."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import Scope, acting_as, because
from organizations.committees.models import Committee
from volunteers.registry.models import Volunteer

__all__ = ["move_people_on"]

# A transaction each: an entry drags what follows it along, and nobody waits long for a lock.
_AT_ONCE = 500


def move_people_on() -> int:
    """Moves the volunteers of closed committees to the successors; how many were moved.

    Runs outside any scope and may run again: what was moved is not found any more. Records stay
    with the committee that recorded them.
    """
    moved = 0
    for path, successor in _closed_with_successor():
        while more := _move_some(path, successor):
            moved += more
    return moved


def _closed_with_successor() -> list[tuple[str, str]]:
    with acting_as(Scope.for_job("closed committees")):
        closed = Committee.objects.filter(
            closed_on__lte=timezone.localdate(), successor__isnull=False
        )
        pairs = closed.values_list("path", "successor_id")
        return [(path, successor) for path, successor in pairs if successor]


def _move_some(path: str, successor: str) -> int:
    scope = Scope.for_job("closed committees")
    with acting_as(scope), because(_("The committee has been closed.")):
        waiting = Volunteer.objects.filter(committee_id=path).order_by("pk")
        some = list(waiting.select_for_update().values_list("pk", flat=True)[:_AT_ONCE])
        return Volunteer.objects.filter(pk__in=some).update(committee_id=successor)
