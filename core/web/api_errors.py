"""Exceptions that the API answers beside those that DRF knows."""

from __future__ import annotations

from drf_standardized_errors.handler import exception_handler as standardized
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from core.web.refusals import Refusal

__all__ = ["Conflict", "exception_handler"]


class Conflict(APIException):
    """What was asked does not go together with what stands."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def exception_handler(exception: Exception, context: ExceptionHandlerContext) -> Response | None:
    """Answers a verb's refusal with 409, everything else as drf-standardized-errors does."""
    if isinstance(exception, Refusal):
        exception = Conflict(str(exception), code=exception.code)
    return standardized(exception, context)
