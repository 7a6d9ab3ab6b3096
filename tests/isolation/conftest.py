"""The world that all tests of isolation share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.database import as_owner
from tests.isolation.places import World, build_world
from tests.isolation.walk.things import Walked, build_walked


@pytest.fixture
def world(db: None) -> World:
    """A row of every table in every place; see `tests.isolation.places`."""
    with as_owner():
        return build_world()


@pytest.fixture
def walked(world: World, settings: Settings, tmp_path: Path) -> Walked:
    """The world with everything that an address can name; files are kept for this test only."""
    storage = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**storage, "OPTIONS": {**storage["OPTIONS"], "location": str(tmp_path)}},
    }
    with as_owner():
        return build_walked(world)
