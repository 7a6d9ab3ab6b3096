"""Fixtures of all tests; see docs/testing.md."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from core.tenancy.roles import create_roles
from tests import database
from tests.cast import Cast, build_cast


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands now stays to the end: the garbage collector need not walk through it.

    Django, the tests and all they import are a million objects; looking through them again and
    again took a fifth of the processor. Cycles that tests leave behind are still taken away.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The roles belong to the cluster: they must stand before the test database is made."""
    parameters = connection.get_connection_params()
    with psycopg.connect(
        dbname="postgres",
        user=parameters.get("user"),
        host=parameters.get("host"),
        port=parameters.get("port"),
        password=parameters.get("password"),
        autocommit=True,
    ) as owner:
        create_roles(owner, login_password="")
    database.copy_what_is_migrated(os.environ.get("MIGRATED_DATABASE", ""), parameters)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After the migrations, which the owner ran, the tests meet the policies."""
    with django_db_blocker.unblock():
        database.bind_to_policies()
    yield
    with django_db_blocker.unblock():
        database.unbind()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    for alias in settings.CACHES:
        caches[alias].clear()


@pytest.fixture(autouse=True)
def _portal_language() -> None:
    # A request in English leaves its language to whatever runs next in the thread.
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and committees that every test knows; see `tests.cast`."""
    with database.as_owner():
        return build_cast()


@pytest.fixture
def browser_client() -> Client:
    """Django's client, with CSRF left out as in Django's own tests."""
    return Client()
