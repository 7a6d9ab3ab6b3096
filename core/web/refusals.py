"""A verb's refusal: a rule says no, in a sentence that the person reads."""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):
    """Raised by verbs; pages show the message beside ``field``, the API answers 409 with ``code``.

    ``message`` is translated and says what to do next.
    """

    def __init__(self, message: str, *, code: str, field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.field = field
