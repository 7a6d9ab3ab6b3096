"""GCJ-02, the shifted coordinates of maps in China (GB 20263), and the way back to WGS-84.

The shift is published nowhere; the series is the one that all programs use for it, good to a metre.
"""

from __future__ import annotations

from math import cos, pi, sin, sqrt

__all__ = ["to_gcj02", "to_wgs84"]

# Krassowski's ellipsoid of 1940: half the long axis in metres, square of the eccentricity.
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943
_ROUNDS = 4


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """From WGS-84, in degrees."""
    north, east = _shift(longitude - 105.0, latitude - 35.0)
    turn = latitude / 180.0 * pi
    curve = 1 - _ECCENTRICITY * sin(turn) ** 2
    by_latitude = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (curve * sqrt(curve)) * pi)
    by_longitude = east * 180.0 / (_AXIS / sqrt(curve) * cos(turn) * pi)
    return latitude + by_latitude, longitude + by_longitude


def to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """Back again, by trying: each round takes away what is still too much."""
    north, east = latitude, longitude
    for _round in range(_ROUNDS):
        shifted = to_gcj02(north, east)
        north, east = north - (shifted[0] - latitude), east - (shifted[1] - longitude)
    return north, east


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres to the north and to the east."""
    root = 0.2 * sqrt(abs(x))
    wave = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + root + wave
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.5 * root + wave
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    return north, east
