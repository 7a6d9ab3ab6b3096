"""A point as two columns of a table, and distances asked of the database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import ASin, Cos, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext_lazy as _

from core.geo.points import EARTH_METRES, LATITUDES, LONGITUDES, Point

__all__ = ["Pointed", "metres_from", "point_constraint", "within_box"]

# A degree of latitude.
_DEGREE_METRES = 111_000
# A degree of longitude in the north of China, where it is shortest.
_SHORT_DEGREE_METRES = 65_000


class Pointed(models.Model):
    """Something that may have a point, in WGS-84; add `point_constraint` to its constraints."""

    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def point(self) -> Point | None:
        """Both numbers, or None."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)


def point_constraint(name: str) -> models.CheckConstraint:
    """Both or neither, and in China."""
    neither = Q(latitude__isnull=True, longitude__isnull=True)
    both = Q(
        latitude__isnull=False,
        longitude__isnull=False,
        latitude__range=LATITUDES,
        longitude__range=LONGITUDES,
    )
    return models.CheckConstraint(name=name, condition=neither | both)


def within_box(latitude: str, longitude: str, point: Point, metres: float) -> Q:
    """A box around ``point`` that holds everything as near as that, and some more."""
    high, wide = metres / _DEGREE_METRES, metres / _SHORT_DEGREE_METRES
    return Q(
        **{
            f"{latitude}__range": (point.latitude - high, point.latitude + high),
            f"{longitude}__range": (point.longitude - wide, point.longitude + wide),
        }
    )


def metres_from(latitude: str, longitude: str, point: Point) -> Any:
    """The distance of each row's point, named by its columns, from ``point`` (haversine)."""
    there = Radians(F(latitude))
    rise = Radians(F(latitude) - Value(point.latitude)) / 2.0
    turn = Radians(F(longitude) - Value(point.longitude)) / 2.0
    here = Cos(Radians(Value(point.latitude, output_field=FloatField())))
    part = Power(Sin(rise), 2) + here * Cos(there) * Power(Sin(turn), 2)
    return Value(2.0 * EARTH_METRES, output_field=FloatField()) * ASin(Sqrt(part))
