"""The statement that looks people up keeps its shape on tables without statistics."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from django.db import connection

from tests.database import as_owner
from volunteers.desk.summary.finding import BY_NAME
from volunteers.desk.summary.lookups import LOOK_UP

pytestmark = pytest.mark.django_db

GIVEN: dict[str, Any] = defaultdict(list) | {
    "path": "000100010001",
    "name": "王",
    "activity": "",
    "limit": 8,
}


@pytest.mark.parametrize("statement", [LOOK_UP[3], BY_NAME[3]], ids=["many", "one"])
def test_what_fits_is_found_once_and_not_for_each_volunteer(statement: str) -> None:
    lists = ("names", "spellings", "identities", "phones", "portals", "tails")
    given = GIVEN | {name: [] for name in (*lists, "old_identities", "old_phones")}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", given)
        plan = json.dumps(cursor.fetchone()[0])
    assert '"CTE hits"' in plan
