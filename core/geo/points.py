"""Points in WGS-84, the system of GPS and of browsers, in degrees.

Map applications of China give out GCJ-02, which lies up to 700 metres beside it. What people copy
is taken for that, unless it says ``GPS``.
"""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from core.geo.gcj02 import to_wgs84

__all__ = [
    "EARTH_METRES",
    "LATITUDES",
    "LONGITUDES",
    "InvalidPoint",
    "Point",
    "columns_of",
    "distance_text",
    "metres_between",
    "point_given",
    "position_given",
]

# The two have no number in common, so it does not matter which comes first.
LATITUDES, LONGITUDES = (3.0, 54.0), (73.0, 136.0)
EARTH_METRES = 6_371_000
_DIGITS = 5
_GIVEN = re.compile(r"\s*(\d{1,3}\.\d{2,})[°\s]*[,，;；\s][°\s]*(\d{1,3}\.\d{2,})°?\s*(GPS)?\s*")


class InvalidPoint(ValueError):
    """A text that is no point in China."""


class Point(NamedTuple):
    """A place to a metre."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        """As `point_given` reads it."""
        return f"{self.latitude:.5f}, {self.longitude:.5f} GPS"

    def rounded(self, digits: int) -> Point:
        """The same, less exactly: two digits are about a kilometre."""
        return Point(round(self.latitude, digits), round(self.longitude, digits))


def point_given(text: str) -> Point:
    """The point that was typed or copied: ``113.0512, 23.6820``, in either order.

    Raises `InvalidPoint` for what is none, or lies outside of China.
    """
    found = _GIVEN.fullmatch(text.upper())
    if found is None:
        raise InvalidPoint(text)
    latitude, longitude = sorted(float(each) for each in found.group(1, 2))
    if not (
        LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    ):
        raise InvalidPoint(text)
    if found.group(3) is None:
        latitude, longitude = to_wgs84(latitude, longitude)
    return Point(latitude, longitude).rounded(_DIGITS)


def position_given(text: str) -> Point | None:
    """Where a device says it is, in WGS-84: ``23.6820, 113.0512``; None for what is no point."""
    try:
        return point_given(f"{text} GPS")
    except InvalidPoint:
        return None


def columns_of(point: Point | None) -> dict[str, float | None]:
    """``latitude`` and ``longitude`` as rows keep them; both None for no point."""
    return point._asdict() if point else dict.fromkeys(Point._fields)


def distance_text(metres: float) -> str:
    """``800 m`` below a kilometre, ``3.4 km`` above it."""
    if metres < 950:
        return f"{round(metres, -2):.0f} m"
    return f"{metres / 1000:.1f} km"


def metres_between(one: Point, other: Point) -> float:
    """Along the surface (haversine)."""
    here, there = radians(one.latitude), radians(other.latitude)
    turned = radians(other.longitude - one.longitude)
    part = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(turned / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(part))
