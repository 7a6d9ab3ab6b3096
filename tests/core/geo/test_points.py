"""Points as people copy them, and how far apart they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geo.gcj02 import to_gcj02, to_wgs84
from core.geo.points import InvalidPoint, Point, distance_text, metres_between, point_given

LATITUDE, LONGITUDE = st.floats(18.0, 53.0), st.floats(74.0, 134.0)


@pytest.mark.parametrize(
    "text",
    [
        "23.68200, 113.05120 GPS",
        "113.05120,23.68200gps",
        " 23.68200° 113.05120° GPS ",
        "23.68200；113.05120 gps",
    ],
)
def test_either_order_and_what_people_put_between(text: str) -> None:
    assert point_given(text) == Point(23.682, 113.0512)


@pytest.mark.parametrize(
    "text",
    ["", "23.682", "一二", "23.6, 113.0", "51.50735, -0.12776", "23.682, 23.682", "1.5,113.05"],
)
def test_what_is_no_point_in_china_is_refused(text: str) -> None:
    with pytest.raises(InvalidPoint):
        point_given(text)


def test_what_is_copied_from_a_map_is_shifted_back() -> None:
    # The gate of Tian'anmen, as GPS and as the maps of China have it.
    gps, copied = Point(39.90733, 116.39108), point_given("116.39732, 39.90873")
    assert metres_between(gps, copied) < 2
    assert metres_between(gps, point_given("116.39732, 39.90873 GPS")) > 500


@given(LATITUDE, LONGITUDE)
def test_way_back_ends_where_it_began(latitude: float, longitude: float) -> None:
    there = to_gcj02(latitude, longitude)
    back = to_wgs84(*there)
    assert metres_between(Point(latitude, longitude), Point(*back)) < 0.1
    assert metres_between(Point(latitude, longitude), Point(*there)) < 1200


@given(LATITUDE, LONGITUDE)
def test_point_reads_what_it_writes(latitude: float, longitude: float) -> None:
    point = Point(latitude, longitude).rounded(5)
    assert point_given(str(point)) == point


def test_distances() -> None:
    # A degree of latitude is a sixtieth of a sixtieth of half the way around, 111.2 km.
    assert metres_between(Point(23, 113), Point(24, 113)) == pytest.approx(111_195, abs=1)
    assert metres_between(Point(23, 113), Point(23, 113)) == 0
    assert [distance_text(each) for each in (40, 849, 949, 950, 12_340)] == [
        "0 m",
        "800 m",
        "900 m",
        "0.9 km",
        "12.3 km",
    ]
