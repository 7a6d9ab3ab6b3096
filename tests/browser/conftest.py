"""A browser on a live server, for tests that do what people do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from core.jobs.models import Job
from tests.browser.chromium import CHROMIUM, launched
from tests.browser.house import House, aside
from tests.database import as_owner
from tests.isolation.places import build_world
from tests.isolation.walk.things import Walked, build_walked
from volunteers.totals.models import HoursTotal, RegistryTotal


@pytest.fixture(scope="session")
def judged_pages() -> set[tuple[int, str]]:
    """What axe has seen already: pages of two roles mostly differ in words alone."""
    return set()


@pytest.fixture
def house(
    live_server: LiveServer,
    settings: Settings,
    tmp_path: Path,
    judged_pages: set[tuple[int, str]],
) -> Iterator[House]:
    """The portal without anybody in it yet. In the end nobody may have seen a fault."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed; on Debian: apt-get install chromium")
    storage = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**storage, "OPTIONS": {**storage["OPTIONS"], "location": str(tmp_path)}},
    }
    with launched() as browser:
        yield House(live_server.url, browser, judged_pages)


@pytest.fixture
def walked(house: House) -> Walked:
    """Something of everything that an address can name; the figures are counted."""
    walked = aside(_build)
    house.do_jobs()
    return walked


def _build() -> Walked:
    with as_owner():
        walked = build_walked(build_world())
        # Figures and unfinished work of the tests of isolation, which no worker should find.
        HoursTotal.objects.all().delete()
        RegistryTotal.objects.all().delete()
        Job.objects.filter(kind="isolation").update(
            state="done", finished_at=timezone.now(), result={}
        )
    return walked
