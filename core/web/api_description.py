"""What the API's description says of every operation beside its own answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

__all__ = ["DescribedSchema", "ErrorAnswer"]

# Beside an operation's own: bad input, no login, no right, out of the scope, a method it does not
# have, a form it does not write, a conflict, a form it does not read, too many requests.
ERRORS = ("400", "401", "403", "404", "405", "406", "409", "415", "429")


class _Error(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class ErrorAnswer(serializers.Serializer[Any]):
    """The one form of errors, as drf-standardized-errors writes it."""

    type = serializers.CharField()
    errors = _Error(many=True)  # type: ignore[assignment]


class DescribedSchema(AutoSchema):
    """Names the errors of each operation; its own description of one goes first."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if direction == "response":
            for status in ERRORS:
                answer = self._get_response_for_code(ErrorAnswer, status)  # type: ignore[no-untyped-call]
                bodies.setdefault(status, answer)
        return bodies
