"""What somebody elsewhere already has: refused without a word about whose it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import log_in
from tests.database import as_owner
from tests.factories import VolunteerIdentityFactory
from tests.isolation.places import Place
from tests.isolation.walk.engine import answer_of, everything_said, undone
from tests.isolation.walk.judgements import JUDGED
from tests.isolation.walk.things import Walked
from volunteers.hours.models import ServiceRecord
from volunteers.imports.models import ImportRun
from volunteers.registry.models import Volunteer, VolunteerIdentity

NUMBER = "449900199504018881"
NONCE = UUID("12345678-1234-4123-8123-123456789abc")


@pytest.fixture
def elsewhere(walked: Walked) -> Walked:
    """In another city somebody has the number, and things were sent with the nonce."""
    people = walked.world.people[Place.OTHER_CITY]
    with as_owner(), connection.cursor() as cursor:
        VolunteerIdentity.objects.filter(volunteer=people.spare).delete()
        VolunteerIdentityFactory(volunteer=people.spare, number=NUMBER)
        Volunteer.objects.filter(pk=people.spare.pk).update(nonce=NONCE)
        ServiceRecord.objects.filter(pk=people.record.pk).update(nonce=NONCE)
        ImportRun.objects.filter(pk=walked.things[Place.OTHER_CITY].done.pk).update(nonce=NONCE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return walked


def _changed(**changes: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda data: {**data, **changes}


COLLISIONS: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]], set[str]]] = {
    "identity number": ("registry:volunteer-create", _changed(number=NUMBER), {"422"}),
    "nonce of a person": ("registry:volunteer-create", _changed(nonce=str(NONCE)), {"422"}),
    "nonce of a record": ("hours:record-create", _changed(nonce=str(NONCE)), {"422"}),
    "nonce of a program": ("api:service-record-list", _changed(nonce=str(NONCE)), {"409"}),
    "nonce of an import": ("api:import-list", _changed(nonce=str(NONCE)), {"409"}),
    "code of a committee": (
        "committees:committee-open",
        _changed(kind="regional", code="440606103"),
        {"422"},
    ),
    "name of an account": (
        "accounts:member-grant",
        _changed(username="township-440606103"),
        {"422"},
    ),
    "document of another": ("registry:volunteer-document", _changed(number=NUMBER), {"422"}),
}


@pytest.mark.parametrize("collision", COLLISIONS)
def test_collision_tells_nothing(elsewhere: Walked, collision: str) -> None:
    name, change, wanted = COLLISIONS[collision]
    (judged,) = (judged for judged in JUDGED if judged.name == name)
    mine = elsewhere.things[Place.MINE]
    assert judged.data is not None
    url = reverse(name, kwargs=judged.names(elsewhere, mine) if judged.names else {})
    client = log_in(Client(raise_request_exception=False), elsewhere.world.cast.county_441802)
    kind = {"content_type": "application/json"} if judged.json else {}
    with undone():
        response = client.post(url, change(judged.data(elsewhere, mine)), **kind)  # type: ignore[arg-type]
    assert answer_of(response) in wanted  # type: ignore[arg-type]
    said = everything_said(response)  # type: ignore[arg-type]
    assert Place.OTHER_CITY.mark not in said
    assert "顺德" not in said
    assert "北滘" not in said
