"""Addresses of dashboards, which keep month, day and wall from page to page."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from core.web.row_addresses import address_of

__all__ = ["dashboard_url"]


class HasMonth(Protocol):
    """What an address needs of an overview."""

    @property
    def month(self) -> date:
        """First day of the month shown."""
        ...


def dashboard_url(code: str, shown: HasMonth | date, *, wall: bool = False) -> str:
    """The dashboard of the committee with ``code`` in the same month."""
    month = shown if isinstance(shown, date) else shown.month
    query = f"month={month.isoformat()[:7]}{'&wall=1' if wall else ''}"
    return f"{address_of('dashboard:committee-overview', code)}?{query}"
