"""The browser's own pickers, as forms use them."""

from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy

__all__ = ["MOMENT_FORMAT", "WEEKDAYS", "day_input", "moment_input"]

# As browsers send what a picker of moments says.
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"
# From Monday on.
WEEKDAYS = (
    pgettext_lazy("opening hours", "Monday"),
    pgettext_lazy("opening hours", "Tuesday"),
    pgettext_lazy("opening hours", "Wednesday"),
    pgettext_lazy("opening hours", "Thursday"),
    pgettext_lazy("opening hours", "Friday"),
    pgettext_lazy("opening hours", "Saturday"),
    pgettext_lazy("opening hours", "Sunday"),
)


def day_input() -> forms.DateInput:
    """A picker of days."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def moment_input() -> forms.DateTimeInput:
    """A picker of moments, in the portal's zone."""
    return forms.DateTimeInput(format=MOMENT_FORMAT, attrs={"type": "datetime-local"})
