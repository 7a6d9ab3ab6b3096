"""The charts of a dashboard, as data for the page's scripts and as tables beside them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.figures import hours_text, percent_text
from organizations.committees.models import Level
from portal.dashboard.addresses import dashboard_url
from portal.dashboard.queries import Overview, Row

__all__ = ["area_chart", "months_chart", "township_chart"]

MINUTES_OF_AN_HOUR = 60


def area_chart(overview: Overview, *, wall: bool) -> dict[str, Any]:
    """A map of the committees below: cities by their standardisation rate, others by hours.

    Where no boundaries were built the page draws areas by number of volunteers instead.
    """
    by_rate = overview.coverage.level == Level.PROVINCE
    unit = "%" if by_rate else _("hours")
    return {
        "id": "areas",
        "kind": "map",
        "size": "tall",
        "title": _area_title(overview) if by_rate else _("Hours of the month by area"),
        "subtitle": _("Share of standardised counties") if by_rate else f"{overview.month:%Y-%m}",
        "columns": [{"label": _("Area")}, {"label": unit, "numeric": True}],
        "rows": [
            {
                "name": row.coverage.name,
                "url": dashboard_url(row.coverage.code, overview, wall=wall),
                "cells": [_area_text(row, by_rate=by_rate)],
            }
            for row in overview.rows
        ],
        "data": {
            "kind": "map",
            "boundaries": _boundaries(overview.coverage.code),
            "unit": unit,
            "series": [
                {
                    "code": row.coverage.code,
                    "name": row.coverage.name,
                    "value": _area_value(row, by_rate=by_rate),
                    "label": _area_text(row, by_rate=by_rate),
                    "size": row.volunteers,
                    "href": dashboard_url(row.coverage.code, overview, wall=wall),
                }
                for row in overview.rows
            ],
        },
    }


def months_chart(overview: Overview) -> dict[str, Any]:
    """Hours of twelve months, with the twelve before in grey behind where they are known."""
    before = {
        "name": f"{overview.month.year - 1}",
        "muted": True,
        "values": [_hours(each.minutes) for each in overview.months_before.values()],
    }
    return {
        "id": "months",
        "kind": "line",
        "size": "short",
        "title": _("Hours by month"),
        "subtitle": _running(overview),
        "columns": [
            {"label": _("Month")},
            {"label": _("Hours"), "numeric": True},
            {"label": _("A year earlier"), "numeric": True},
            {"label": _("Volunteers who served"), "numeric": True},
        ],
        "rows": [
            {
                "name": f"{month:%Y-%m}",
                "cells": [
                    hours_text(figures.minutes),
                    hours_text(overview.months_before[month].minutes),
                    f"{figures.volunteers:,}",
                ],
            }
            for month, figures in overview.months.items()
        ],
        "data": {
            "kind": "line",
            "unit": _("hours"),
            "categories": [f"{month:%Y-%m}" for month in overview.months],
            "lines": [
                *([before] if overview.has_year_before else []),
                {
                    "name": f"{overview.month:%Y}" if overview.has_year_before else "",
                    "values": [_hours(each.minutes) for each in overview.months.values()],
                },
            ],
        },
    }


def _running(overview: Overview) -> str:
    """A month that is not over looks like a fall; the line says how far it has come."""
    today = timezone.localdate()
    if overview.month != today.replace(day=1):
        return ""
    return _("{month} up to the {day}").format(month=f"{today:%Y-%m}", day=today.day)


def township_chart(overview: Overview, *, wall: bool) -> dict[str, Any]:
    """Volunteers of each committee below, most first."""
    rows = sorted(overview.rows, key=lambda row: -row.volunteers)
    return {
        "id": "volunteers",
        "kind": "bar",
        "title": _("Volunteers by area"),
        "columns": [{"label": _("Area")}, {"label": _("Volunteers"), "numeric": True}],
        "rows": [
            {
                "name": row.coverage.name,
                "url": dashboard_url(row.coverage.code, overview, wall=wall),
                "cells": [f"{row.volunteers:,}"],
            }
            for row in rows
        ],
        "data": {
            "kind": "bar",
            "unit": _("people"),
            "series": [
                {
                    "name": row.coverage.name,
                    "value": row.volunteers,
                    "label": f"{row.volunteers:,}",
                    "href": dashboard_url(row.coverage.code, overview, wall=wall),
                }
                for row in rows
            ],
        },
    }


def _area_title(overview: Overview) -> str:
    covered = overview.coverage
    return _("{done} counties standardised, {gap} to go").format(
        done=covered.standardised, gap=covered.counties - covered.standardised
    )


def _area_value(row: Row, *, by_rate: bool) -> float | None:
    if not by_rate:
        return _hours(row.figures.minutes)
    covered = row.coverage
    return round(covered.standardised * 100 / covered.counties, 1) if covered.counties else None


def _area_text(row: Row, *, by_rate: bool) -> str:
    if not by_rate:
        return hours_text(row.figures.minutes)
    covered = row.coverage
    if not covered.counties:
        return _("no counties")
    return f"{percent_text(covered.standardised / covered.counties)} %"


def _hours(minutes: int) -> float:
    return round(minutes / MINUTES_OF_AN_HOUR, 1)


@cache
def _boundaries(code: str) -> str:
    """The address of the area's boundaries; empty where none were built."""
    path = f"dist/boundaries/{code}.json"
    return static(path) if finders.find(path) else ""
