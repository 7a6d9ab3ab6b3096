"""What is on around a visitor: the nearest first, and nothing of the visitor kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.geo.points import Point, metres_between
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.activities.test_views import CREATE, TYPED
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Activity, Shift
from volunteers.stations.models import Station

pytestmark = pytest.mark.django_db
LIST = reverse("calls:call-list")
HERE = Point(23.68, 113.05)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    caches["process"].clear()


def at(cast: Cast, north: float, **fields: Any) -> Shift:
    """So many degrees to the north of where the visitor stands."""
    return call(cast, latitude=HERE.latitude + north, longitude=HERE.longitude, **fields)


def found(client: Client, near: str = "23.68,113.05", **asked: Any) -> list[int]:
    shifts = client.get(LIST, {"near": near, **asked}).context["shifts"]
    return [shift.pk for shift in shifts]


def test_nearest_comes_first_and_what_is_far_or_nowhere_not_at_all(
    cast: Cast, client: Client
) -> None:
    far, middle, near = at(cast, 0.5), at(cast, -0.1), at(cast, 0.01)
    # In a corner of the box around what is near.
    corner = call(cast, latitude=HERE.latitude + 0.26, longitude=HERE.longitude + 0.4)
    nowhere = call(cast)
    hidden = at(cast, 0, visibility="invited")
    assert found(client) == [near.pk, middle.pk]
    everything = {shift.pk for shift in client.get(LIST).context["shifts"]}
    assert everything == {far.pk, near.pk, middle.pk, corner.pk, nowhere.pk}
    assert hidden.pk not in everything


def test_distance_is_that_along_the_surface(cast: Cast, client: Client) -> None:
    shift = call(cast, latitude=23.7512, longitude=113.1234)
    (row,) = client.get(LIST, {"near": "23.68,113.05"}).context["shifts"]
    assert row.pk == shift.pk
    assert row.metres == pytest.approx(metres_between(HERE, Point(23.7512, 113.1234)), abs=0.1)
    assert "10.9 km" in client.get(LIST, {"near": "23.68,113.05"}).text


def test_activity_without_a_point_is_at_its_station(cast: Cast, client: Client) -> None:
    with as_owner():
        station = Station.objects.create(
            committee=cast.committee("441802"),
            name="驿站",
            address="北江东路",
            keeper="团委",
            keeper_phone="0763-0000000",
            hours=[""] * 7,
            latitude=HERE.latitude + 0.02,
            longitude=HERE.longitude,
        )
    there = call(cast, station=station)
    elsewhere = at(cast, 0.01, station=station)
    assert found(client) == [elsewhere.pk, there.pk]
    page = client.get(reverse("calls:call-detail", args=[there.activity_id])).text
    assert "position=113.05%2C23.7" in page


def test_other_choices_narrow_it_too(cast: Cast, client: Client) -> None:
    at(cast, 0.01)
    theirs = at(cast, 0.02, committee=cast.committee("440606"), kind="elderly")
    assert found(client, kind="elderly") == [theirs.pk]
    assert found(client, place="440606") == [theirs.pk]


@pytest.mark.parametrize("near", ["", "nonsense", "0.00,0.00", "51.50,-0.12", "1e9,1e9"])
def test_where_nobody_can_be_is_asked_for_in_vain(cast: Cast, client: Client, near: str) -> None:
    far = at(cast, 5)
    assert found(client, near) == [far.pk]


def test_position_counts_to_a_kilometre_only(cast: Cast, client: Client) -> None:
    at(cast, 0.01)
    rows = [
        client.get(LIST, {"near": near}).context["shifts"][0].metres
        for near in ("23.68,113.05", "23.68412,113.05377", "23.6765,113.0451")
    ]
    assert len(set(rows)) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_around_is_one_query(cast: Cast, client: Client, rows: int) -> None:
    for step in range(rows):
        at(cast, step / 100)
    found(client)
    with CaptureQueriesContext(connection) as queries:
        assert len(found(client)) == rows
    assert len([each for each in queries if "volunteers_shift" in each["sql"]]) == 1


def test_point_is_both_numbers_in_china_or_none(cast: Cast) -> None:
    activity = call(cast).activity
    for wrong in (
        {"latitude": 23.68, "longitude": None},
        {"latitude": None, "longitude": 113.05},
        {"latitude": 113.05, "longitude": 23.68},
        {"latitude": 51.5, "longitude": -0.12},
    ):
        with (
            as_owner(),
            pytest.raises(IntegrityError, match="activity_point"),
            transaction.atomic(),
        ):
            Activity.objects.filter(pk=activity.pk).update(**wrong)


def test_point_is_typed_kept_copied_and_refused_where_it_is_none(
    cast: Cast, client: Client
) -> None:
    log_in(client, cast.recorder_441802)
    wrong = client.post(CREATE, {**TYPED, "point": "北江"})
    assert wrong.status_code == 422
    assert "北江" in wrong.text
    page = client.post(CREATE, {**TYPED, "point": "23.68200, 113.05120 GPS"})["Location"]
    assert 'value="23.68200, 113.05120 GPS"' in client.get(f"{page}edit/").text
    assert "uri.amap.com" in client.get(page).text
    client.post(f"{page}copy/", {"move": "none"})
    with as_owner():
        assert {each.point for each in Activity.objects.all()} == {Point(23.682, 113.0512)}
