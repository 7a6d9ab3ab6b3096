"""How figures read: hours with one decimal, rates in per cent, thousands with a comma."""

from __future__ import annotations

__all__ = ["count_text", "hours_text", "percent_text"]

MINUTES_OF_AN_HOUR = 60
# A list counts exactly up to here; past it the reader learns nothing from more digits.
COUNT_CAP = 10_000


def hours_text(minutes: int | None) -> str:
    """``72270`` minutes → ``1,204.5``; nothing → ``–``."""
    return "–" if minutes is None else f"{minutes / MINUTES_OF_AN_HOUR:,.1f}"


def percent_text(rate: float | None) -> str:
    """``0.8689`` → ``86.9``; unknown → ``–``."""
    return "–" if rate is None else f"{rate * 100:.1f}"


def count_text(count: int | None, *, cap: int | None = None) -> str:
    """``12345`` → ``12,345``; past ``cap``, ``10,000+``."""
    if count is None:
        return "–"
    if cap is not None and count > cap:
        return f"{cap:,}+"
    return f"{count:,}"
