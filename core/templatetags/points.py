"""Points and distances in pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

from core.geo.points import Point, distance_text

__all__ = ["distance", "map_address"]

register = template.Library()


@register.filter
def distance(metres: float | None) -> str:
    """``3.4 km``; empty for none."""
    return "" if metres is None else distance_text(metres)


@register.filter
def map_address(point: Point, name: str) -> str:
    """Where a map shows the point under that name; on a phone its map application opens.

    The documented addresses of Amap's URI API, which takes WGS-84 where it is told so.
    """
    asked = {
        "position": f"{point.longitude},{point.latitude}",
        "name": name,
        "coordinate": "wgs84",
        "callnative": "1",
    }
    return f"https://uri.amap.com/marker?{urlencode(asked)}"
