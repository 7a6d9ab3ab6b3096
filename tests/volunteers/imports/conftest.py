"""Both counties with all the townships that their workbooks name."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.workbooks import add_townships


@pytest.fixture
def counties(cast: Cast) -> Cast:
    with as_owner():
        add_townships(cast.committees)
    return cast


@pytest.fixture(autouse=True)
def _files_in_memory(settings: Settings) -> None:
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
