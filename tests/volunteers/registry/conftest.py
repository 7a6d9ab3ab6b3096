"""All tests of the registry run on the same day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.utils.translation import override

from tests.volunteers.registry.desk import TODAY


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The first of June 2026, and English sentences."""
    with time_machine.travel(f"{TODAY}T10:00:00+08:00"), override("en"):
        yield
