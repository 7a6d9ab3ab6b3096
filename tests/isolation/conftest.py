"""The world that all tests of isolation share."""

from __future__ import annotations

import pytest

from tests.database import as_owner
from tests.isolation.places import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """A row of every table in every place; see `tests.isolation.places`."""
    with as_owner():
        return build_world()
