"""A figure beside its peer and its limit, and the table that they are printed in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Figure", "at_least", "at_most", "say", "show_section", "told"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, as texts; ``passed`` is None where nothing is promised."""

    name: str
    value: str
    peer: str = ""
    ratio: str = ""
    limit: str = ""
    passed: bool | None = None

    @property
    def verdict(self) -> str:
        """``ok``, ``OVER`` or nothing."""
        return {True: "ok", False: "OVER", None: ""}[self.passed]


def at_most(
    name: str, value: float, unit: str, *, limit: float, peer: str = "", ratio: str = ""
) -> Figure:
    """A figure that must not exceed ``limit``, both in ``unit``."""
    return Figure(
        name, _with_unit(value, unit), peer, ratio, f"≤ {_number(limit)} {unit}".strip(),
        value <= limit,
    )  # fmt: skip


def at_least(
    name: str, value: float, unit: str, *, limit: float, peer: str = "", ratio: str = ""
) -> Figure:
    """A figure that must reach ``limit``, both in ``unit``."""
    return Figure(
        name, _with_unit(value, unit), peer, ratio, f"≥ {_number(limit)} {unit}".strip(),
        value >= limit,
    )  # fmt: skip


def told(name: str, value: float, unit: str, *, peer: str = "", ratio: str = "") -> Figure:
    """A figure that is only told."""
    return Figure(name, _with_unit(value, unit), peer, ratio)


def say(text: str = "") -> None:
    """Writes a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show_section(title: str, figures: Iterable[Figure]) -> None:
    """Prints figures under a title, columns aligned."""
    say(f"\n{title}")
    rows = [("", "figure", "peer", "ratio", "limit", "verdict")]
    rows += [(f.name, f.value, f.peer, f.ratio, f.limit, f.verdict) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for row in rows:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def _with_unit(value: float, unit: str) -> str:
    return f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if value >= 10 else f"{value:.3g}"
