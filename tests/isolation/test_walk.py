"""Every role at every address: what is answered, and that nothing foreign is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.database import as_owner
from tests.isolation.places import World
from tests.isolation.walk.addresses import addresses
from tests.isolation.walk.engine import REACH, Walker
from tests.isolation.walk.judgements import JUDGED
from tests.isolation.walk.things import Walked, build_walked


@pytest.fixture
def walked(world: World, settings: Settings, tmp_path: Path) -> Walked:
    storage = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**storage, "OPTIONS": {**storage["OPTIONS"], "location": str(tmp_path)}},
    }
    with as_owner():
        return build_walked(world)


@pytest.mark.parametrize("username", REACH)
def test_everybody_is_answered_as_the_table_says(walked: Walked, username: str) -> None:
    known = {address.name: address for address in addresses()}
    walker = Walker(walked, username)
    for judged in JUDGED:
        walker.walk(judged, known[judged.name])
    assert not walker.findings, "\n" + "\n".join(walker.findings)
