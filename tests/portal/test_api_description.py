"""Every answer of the API is one that its description promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.core.result import Ok

from organizations.accounts.domain import issue_api_token
from tests.cast import Cast

# Of each operation; the described errors count as much as the described answers.
EXAMPLES = 10
PROMISES = [
    checks.not_a_server_error,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.status_code_conformance,
]


@pytest.fixture
def described(cast: Cast) -> Iterator[schemathesis.BaseSchema]:
    # As Django's own test client does: the test's transaction lies in this connection.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def token(cast: Cast) -> str:
    membership = cast.county_441802.membership
    assert membership is not None
    return issue_api_token(membership)


def test_answers_are_as_described(described: schemathesis.BaseSchema, token: str) -> None:
    for found in described.get_all_operations():
        assert isinstance(found, Ok), "an operation that cannot be asked"
        _ask_and_compare(found.ok(), token)


def _ask_and_compare(operation: schemathesis.APIOperation[Any, Any, Any, Any], token: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def answers(case: schemathesis.Case[Any]) -> None:
        answer = case.call(headers={"Authorization": f"Token {token}"})
        case.validate_response(answer, checks=PROMISES)

    answers()
