"""Finding committees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F

from core.tenancy.roles import Role
from core.tenancy.scope import Scope, acting_as
from organizations.committees.models import Committee
from tests.database import as_owner
from tests.organizations.divisions import SMALL, load, write_divisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[None]:
    load(write_divisions(tmp_path / "divisions.csv", SMALL))
    with as_owner():
        yield


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("横荷", ["990101001"]),
        ("横荷街道", ["990101001"]),
        ("hhjd", ["990101001"]),
        ("HHJ", ["990101001"]),
        ("changan", ["990101"]),
        ("9902", ["9902", "990200001"]),
        ("太平", ["990101002", "990102001"]),
        ("乐昌 太平", ["990102001"]),
        ("清河市 / 长安区 / 太平镇", ["990101002"]),
        ("　太平镇　", ["990101002", "990102001"]),
        ("%", []),
        ("_", []),
        ("荷街", []),
        ("", []),
        (" / ", []),
    ],
)
def test_search_begins_as_typed(typed: str, codes: list[str]) -> None:
    found = Committee.objects.called(typed).order_by("code")
    assert list(found.values_list("code", flat=True)) == codes


@pytest.mark.usefixtures("tree")
def test_existing_on_leaves_out_the_closing_day() -> None:
    Committee.objects.filter(code="990101").update(
        opened_on=date(2020, 1, 1), closed_on=date(2024, 6, 1)
    )
    for day, exists in (
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2024, 5, 31), True),
        (date(2024, 6, 1), False),
    ):
        assert Committee.objects.existing_on(day).filter(code="990101").exists() is exists


@pytest.mark.usefixtures("tree")
def test_below_an_empty_key_is_nothing() -> None:
    assert not Committee.objects.below("").exists()
    assert Committee.objects.below("0001").count() == len(SMALL)
    assert Committee.objects.below("00010002").count() == 2


@pytest.mark.usefixtures("tree")
def test_has_children_counts_only_those_that_exist() -> None:
    def leaves() -> set[str]:
        found = Committee.objects.with_has_children(date(2026, 1, 1)).values(
            "code", has=F("has_children")
        )
        return {row["code"] for row in found if not row["has"]}

    townships = {row[0] for row in SMALL if row[2] == "township"}
    assert leaves() == townships
    Committee.objects.filter(code="990102001").update(closed_on=date(2020, 1, 1))
    assert leaves() == {*townships, "990102"}


def test_prefix_search_keeps_its_index_under_policies(tmp_path: Path) -> None:
    """``^@`` is leakproof; LIKE, the control, is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oprcode::regproc::text, p.proleakproof FROM pg_operator o"
            " JOIN pg_proc p ON p.oid = o.oprcode"
            " WHERE oprname IN ('^@', '~~') AND oprleft = 'text'::regtype"
        )
        leakproof = dict(cursor.fetchall())
    assert leakproof == {"starts_with": True, "textlike": False}


def test_staff_see_their_subtree_and_the_way_up(tmp_path: Path) -> None:
    load(write_divisions(tmp_path / "divisions.csv", SMALL))
    with acting_as(Scope(role=Role.TIER3, committee="000100010001")):
        seen = set(Committee.objects.values_list("code", flat=True))
    assert seen == {"99", "9901", "990101", "990101001", "990101002"}
