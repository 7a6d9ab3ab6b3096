"""What a dashboard's address may ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils import timezone

__all__ = ["OverviewForm"]


class MonthField(forms.Field):
    """A month as ``2026-05``; its value is the first day, today's month by default."""

    def to_python(self, value: Any) -> date:
        """Reads ``YYYY-MM``; a wrong one counts as not given, so that a shared link still opens."""
        try:
            return datetime.strptime(f"{value}-01", "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            return timezone.localdate().replace(day=1)


class DayField(forms.Field):
    """A day as ``2026-05-16``; today by default."""

    def to_python(self, value: Any) -> date:
        """Reads ``YYYY-MM-DD``."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return timezone.localdate()


class OverviewForm(forms.Form):
    """``month``, ``on`` (the day of coverage) and ``wall``."""

    month = MonthField(required=False)
    on = DayField(required=False)
    wall = forms.BooleanField(required=False)
