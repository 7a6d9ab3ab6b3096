"""Going through a change's people in steps, each with its entries locked in one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Max

from volunteers.bulk.models import BulkChange, BulkRow
from volunteers.registry.models import Volunteer

__all__ = ["newest_events", "steps"]

_AT_ONCE = 500


def steps(
    change: BulkChange, outcome: str, *, reach: str
) -> Iterator[tuple[list[BulkRow], dict[int, Volunteer]]]:
    """The rows of that outcome by the person's key, with the entries that are still in ``reach``.

    Everybody locks entries in the order of their keys, so that two changes wait for each other
    and never in a circle.
    """
    last = 0
    rows = change.rows.in_outcome(outcome).order_by("volunteer_id")
    while some := list(rows.filter(volunteer_id__gt=last)[:_AT_ONCE]):
        last = some[-1].volunteer_id
        keys = [row.volunteer_id for row in some]
        entries = Volunteer.objects.below(reach).filter(pk__in=keys).order_by("pk")
        yield some, {person.pk: person for person in entries.select_for_update()}


def newest_events(people: Iterable[int]) -> dict[int, int]:
    """The newest row of each person's history; 0 is not among them, for there may be none."""
    history = apps.get_model("volunteers", "VolunteerHistory")
    found = history._default_manager.filter(pgh_obj_id__in=list(people)).order_by()
    return dict(found.values_list("pgh_obj_id").annotate(newest=Max("pgh_id")))
