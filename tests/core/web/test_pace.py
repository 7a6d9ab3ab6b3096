"""Who hammers is stopped; who comes from another address is not."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from core.web.pace import paced


@paced
def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


@pytest.mark.django_db
def test_address_that_asks_too_often_waits(settings: Settings) -> None:
    settings.PUBLIC_RATE_PER_MINUTE = 2
    cache.clear()
    # The minute may end in between: of five requests at least one is the third of its minute.
    asked = [page(RequestFactory(REMOTE_ADDR="192.0.2.1").get("/calls/")) for _time in range(5)]
    slowed = [each for each in asked if each.status_code == 429]
    assert asked[0].status_code == 200
    assert slowed
    assert {each["Retry-After"] for each in slowed} == {"60"}
    other = page(RequestFactory(REMOTE_ADDR="192.0.2.2").get("/calls/"))
    assert other.status_code == 200
