"""The verbs of stations: open, describe, close."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from core.workdays.opening import InvalidHours, hours_given
from organizations.accounts.actors import Actor
from volunteers.stations.models import Station

__all__ = ["Facts", "close_station", "edit_station", "open_station", "reopen_station"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What everybody reads of a station; ``hours`` as typed, from Monday to Sunday."""

    name: str
    address: str
    keeper: str
    keeper_phone: str
    hours: tuple[str, ...]
    hours_note: str = ""
    organization_id: int | None = None
    opened_on: date | None = None
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def open_station(facts: Facts, *, actor: Actor) -> Station:
    """A station of the actor's committee.

    Raises `Refusal` for a name that it has already and for hours that nobody can read.
    """
    actor.must("stations.manage")
    return _saved(Station(committee_id=actor.scope.committee, **_kept(facts)))


@transaction.atomic
def edit_station(station: Station, facts: Facts, *, actor: Actor) -> Station:
    """Describes it anew. Raises `Refusal` as `open_station` does, and for a closed one."""
    actor.must("stations.manage")
    locked = _locked(station)
    for name, value in _kept(facts).items():
        setattr(locked, name, value)
    return _saved(locked)


@transaction.atomic
def close_station(station: Station, *, actor: Actor) -> Station:
    """No new activity takes place there from today on. Raises `Refusal` for a closed one."""
    actor.must("stations.manage")
    locked = _locked(station)
    locked.closed_on = max(timezone.localdate(), locked.opened_on or date.min)
    return _saved(locked)


@transaction.atomic
def reopen_station(station: Station, *, actor: Actor) -> Station:
    """Takes a close back. Raises `Refusal` for one that stands."""
    actor.must("stations.manage")
    locked = Station.objects.select_for_update().get(pk=station.pk)
    if locked.closed_on is None:
        raise Refusal(_("Nothing was closed here."), code="open")
    locked.closed_on = None
    return _saved(locked)


def _locked(station: Station) -> Station:
    locked = Station.objects.select_for_update().get(pk=station.pk)
    if locked.closed_on is not None:
        raise Refusal(_("This station has been closed."), code="closed")
    return locked


def _kept(facts: Facts) -> dict[str, object]:
    return asdict(facts) | {"hours": [_hours(day, text) for day, text in enumerate(facts.hours)]}


def _hours(day: int, text: str) -> str:
    try:
        return hours_given(text)
    except InvalidHours as error:
        message = _("Write the hours as in “9:00-12:00 14:00-17:00”; leave closed days empty.")
        raise Refusal(message, code="hours", field=f"day_{day}") from error


def _saved(station: Station) -> Station:
    try:
        with transaction.atomic():
            station.save()
    except IntegrityError as error:
        if broken_constraint(error) != "station_name_once":
            raise
        message = _("Your committee has a station of that name already.")
        raise Refusal(message, code="name_taken", field="name") from error
    return station
