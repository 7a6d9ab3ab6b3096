"""One row of every table in each of six places: what an actor owns, and what lies beside it.

Every row of a place carries the place's mark in its texts, so that a leak can be read anywhere: in
a result, a page, a workbook or a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Model

from organizations.committees.models import Committee
from tests.cast import Cast, build_cast
from tests.factories import (
    HoursSheetFactory,
    MembershipFactory,
    OrganizationFactory,
    ServiceRecordFactory,
    UserFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.factories.committees import add_committee
from tests.isolation.makers import MAKERS
from tests.isolation.people import MARKS_BEGIN, People, Place
from volunteers.registry.models import Volunteer

__all__ = ["MARKS_BEGIN", "Place", "World", "build_world"]


@dataclass(frozen=True, slots=True)
class World:
    """The cast, with a row of every table in every place: ``rows[table][place]`` is its key."""

    cast: Cast
    people: dict[Place, People] = field(default_factory=dict)
    rows: dict[str, dict[Place, str | int]] = field(default_factory=dict)

    def key(self, model: type[Model], place: Place) -> str | int:
        """The key of the model's row in a place."""
        return self.rows[model._meta.db_table][place]

    def committee(self, place: Place) -> Committee:
        """The committee of a place."""
        return self.cast.committee(place.code)

    def add(self, place: Place, row: Model) -> None:
        """Remembers a row as the place's."""
        self.rows.setdefault(row._meta.db_table, {}).setdefault(place, row.pk)


def build_world() -> World:
    """Writes everything past all policies; call it inside `as_owner`."""
    cast = build_cast()
    _add_another_province(cast.committees)
    world = World(cast)
    for number, place in enumerate(Place):
        people = _settle(world, place)
        world.people[place] = people
        for make in MAKERS:
            world.add(place, make(people, place, number))
    _add_history(world)
    return world


def _add_another_province(committees: dict[str, Committee]) -> None:
    above: Committee | None = None
    for code, name, level in (
        ("45", "广西壮族自治区", "province"),
        ("4501", "南宁市", "city"),
        ("450102", "兴宁区", "county"),
        ("450102001", "民生街道", "township"),
    ):
        above = add_committee(code=code, name=name, level=level, parent=above)
        committees[code] = above


def _settle(world: World, place: Place) -> People:
    committee = world.committee(place)
    volunteer = VolunteerFactory(committee=committee, name=f"{place.mark}员")
    identity = VolunteerIdentityFactory(volunteer=volunteer, committee=committee)
    user = UserFactory(
        username=f"isolation-{place}", name=f"{place.mark}号", volunteer_id=volunteer.pk
    )
    membership = MembershipFactory(user=user, committee=committee)
    organization = OrganizationFactory(
        committee=committee, name=f"{place.mark}协会", responsible_person=f"{place.mark}长"
    )
    sheet = HoursSheetFactory(
        committee=committee, title=f"{place.mark}表", recorded_by_label=f"{place.mark}录"
    )
    record = ServiceRecordFactory(
        volunteer=volunteer,
        committee=committee,
        sheet=sheet,
        organization=organization,
        served_on=date(2026, 5, 3),
        activity_title=f"{place.mark}活动",
        note=f"{place.mark}注",
    )
    for row in (volunteer, identity, user, membership, organization, sheet, record):
        world.add(place, row)
    if place is not Place.NEIGHBOUR:
        world.add(place, committee)
    return People(
        user=user,
        membership=membership,
        organization=organization,
        volunteer=volunteer,
        spare=VolunteerFactory(committee=committee, name=f"{place.mark}备"),
        record=record,
    )


def _add_history(world: World) -> None:
    """Triggers wrote history as the rows were made; what keeps only changes is changed once."""
    Volunteer.objects.update(political_status="群众")
    for table, keys in list(world.rows.items()):
        history = f"{table}history"
        if history in connection.introspection.table_names():
            world.rows[history] = _first_events(history, keys)


def _first_events(history: str, keys: Mapping[Place, str | int]) -> dict[Place, str | int]:
    found: dict[Place, str | int] = {}
    with connection.cursor() as cursor:
        for place, key in keys.items():
            cursor.execute(f'SELECT min(pgh_id) FROM "{history}" WHERE pgh_obj_id = %s', [key])
            (event,) = cursor.fetchone() or (None,)
            assert event is not None, f"{history} holds nothing of {place}"
            found[place] = event
    return found
