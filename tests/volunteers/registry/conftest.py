"""All tests of the registry run on the same day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import (
    CHILD,
    GUARDIAN,
    NUMBER,
    PHONE,
    TODAY,
    card,
    register,
    registered,
)
from volunteers.registry.models import Volunteer


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The first of June 2026, and English sentences."""
    with time_machine.travel(f"{TODAY}T10:00:00+08:00"), override("en"):
        yield


@pytest.fixture
def desk(cast: Cast, browser_client: Client) -> Client:
    """The county's secretary, signed in."""
    return log_in(browser_client, cast.county_441802)


@pytest.fixture
def known(cast: Cast) -> Volunteer:
    """An adult of the county, with identifiers."""
    return registered(
        cast.committee("441802009"), number=NUMBER, phone=PHONE, name="刘霞明", skills=["急救"]
    )


@pytest.fixture
def child(cast: Cast) -> Volunteer:
    """A minor of the county, with a guardian."""
    with acting_as(cast.recorder_441802.scope):
        return register(
            cast.recorder_441802,
            cast.committee("441802009"),
            name="陈小军",
            document=card(identity_number(1, born=CHILD)),
            guardian=GUARDIAN,
        )
