"""What programs are answered past Django's middleware, and the token that they come with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Answer", "refused_answer", "token_given"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an answer."""

    status: int
    said: dict[str, Any]


def refused_answer(status: int, code: str, sentence: str) -> Answer:
    """As the API answers any error."""
    error = {"code": code, "detail": sentence, "attr": None}
    return Answer(status, {"type": "client_error", "errors": [error]})


def token_given(authorization: str, scheme: str) -> str:
    """The token of ``Authorization: SCHEME token``; empty where it is of another scheme."""
    given, _blank, token = authorization.partition(" ")
    return token.strip() if given.lower() == scheme.lower() else ""
