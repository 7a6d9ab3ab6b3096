"""Answers to programs that are given past Django's middleware, in the API's one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Answer", "refused_answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an answer."""

    status: int
    said: dict[str, Any]


def refused_answer(status: int, code: str, sentence: str) -> Answer:
    """As the API answers any error."""
    error = {"code": code, "detail": sentence, "attr": None}
    return Answer(status, {"type": "client_error", "errors": [error]})
