"""Filters for time: ``moment|with_weekday``, ``start|stretch:end``, ``start|clocks:end``."""

from datetime import datetime

from django import template

from core.web.moments import clock_stretch, moment_text, stretch_text

register = template.Library()


@register.filter
def with_weekday(moment: datetime | None) -> str:
    """Day, weekday and time; empty for none."""
    return "" if moment is None else moment_text(moment)


@register.filter
def stretch(start: datetime | None, end: datetime | None) -> str:
    """From when until when, with the weekday; empty for none."""
    return "" if start is None or end is None else stretch_text(start, end)


@register.filter
def clocks(start: datetime | None, end: datetime | None) -> str:
    """The times alone, the next day said where the stretch passes midnight; empty for none."""
    return "" if start is None or end is None else clock_stretch(start, end)
