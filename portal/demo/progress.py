"""A bar on a terminal, a line every tenth in a log."""

from __future__ import annotations

from django.core.management.base import OutputWrapper

__all__ = ["Progress"]

_WIDTH = 30


class Progress:
    """Shows how much of one step is done."""

    def __init__(self, stream: OutputWrapper, label: str) -> None:
        self._stream = stream
        self._label = label
        self._tenth = -1

    def show(self, done: int, total: int) -> None:
        """Draws the bar again; the last call of a step is with ``done == total``."""
        share = done / total if total else 1.0
        tenth = int(share * 10)
        if not self._stream.isatty() and tenth == self._tenth:
            return
        self._tenth = tenth
        filled = int(share * _WIDTH)
        bar = "█" * filled + "░" * (_WIDTH - filled)
        ending = "\n" if done >= total or not self._stream.isatty() else "\r"
        self._stream.write(f"  {self._label:<34}{bar} {done:>10,}/{total:,}", ending=ending)
        self._stream.flush()
