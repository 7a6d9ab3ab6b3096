"""Divisions from a file."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.web.refusals import Refusal
from organizations.committees.domain import DivisionsTaken
from organizations.committees.models import Committee
from tests.database import as_owner
from tests.organizations.divisions import REAL_FILE, SMALL, Row, load, write_divisions

pytestmark = pytest.mark.django_db


def tree() -> dict[str, tuple[str, str, str]]:
    with as_owner():
        return {
            each.code: (each.path, each.name, each.full_name) for each in Committee.objects.all()
        }


def empty_tree() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM organizations_committee")


def test_real_file_gives_the_whole_tree_on_an_empty_database() -> None:
    assert load(REAL_FILE) == DivisionsTaken(created=1901, renamed=0, unchanged=0)
    with as_owner():
        levels = {
            level: Committee.objects.filter(level=level).count()
            for level in ("province", "city", "county", "township")
        }
        assert levels == {"province": 1, "city": 21, "county": 122, "township": 1757}
        dongguan = Committee.objects.get(code="4419")
        assert set(
            Committee.objects.children_of(dongguan.path).values_list("level", flat=True)
        ) == {"township"}
        street = Committee.objects.get(code="441802009")
        assert street.full_name == "清远市 / 清城区 / 横荷街道"
        assert (street.pinyin, street.initials) == ("henghejiedao", "hhjd")
        assert street.tier == 4
        assert Committee.objects.get(code="44").full_name == "广东省"
        assert Committee.objects.get(code="4418").full_name == "清远市"


def test_real_file_takes_few_statements(
    django_assert_max_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    with django_assert_max_num_queries(12):
        load(REAL_FILE)
    with django_assert_max_num_queries(8):
        assert load(REAL_FILE) == DivisionsTaken(created=0, renamed=0, unchanged=1901)


def test_repeating_changes_nothing(tmp_path: Path) -> None:
    path = write_divisions(tmp_path / "divisions.csv", SMALL)
    load(path)
    before = tree()
    assert load(path) == DivisionsTaken(created=0, renamed=0, unchanged=len(SMALL))
    assert tree() == before


def test_children_are_numbered_in_the_order_of_codes_and_new_ones_after_the_highest(
    tmp_path: Path,
) -> None:
    load(write_divisions(tmp_path / "first.csv", reversed(SMALL)))
    paths = {code: path for code, (path, _name, _full) in tree().items()}
    assert paths["99"] == "0001"
    assert (paths["9901"], paths["9902"]) == ("00010001", "00010002")
    assert (paths["990101"], paths["990102"]) == ("000100010001", "000100010002")
    assert paths["990200001"] == "000100020001", "townships of a city without counties: tier 3"
    later = [*SMALL, ("9900", "新设市", "city", "99")]
    load(write_divisions(tmp_path / "second.csv", later))
    assert tree()["9900"][0] == "00010003"
    assert {code: path for code, (path, _n, _f) in tree().items() if code != "9900"} == paths


def test_division_that_joins_others_opens_on_that_day(tmp_path: Path) -> None:
    load(write_divisions(tmp_path / "first.csv", SMALL))
    load(write_divisions(tmp_path / "second.csv", [*SMALL, ("990103", "新区", "county", "9901")]))
    with as_owner():
        opened = dict(Committee.objects.values_list("code", "opened_on"))
    assert opened.pop("990103") is not None
    assert set(opened.values()) == {None}


def test_renaming_reaches_the_full_names_below(tmp_path: Path) -> None:
    load(write_divisions(tmp_path / "first.csv", SMALL))
    renamed = [("9901", "大河市", "city", "99") if row[0] == "9901" else row for row in SMALL]
    taken = load(write_divisions(tmp_path / "second.csv", renamed))
    assert taken == DivisionsTaken(created=0, renamed=1, unchanged=len(SMALL) - 1)
    assert tree()["990101001"][2] == "大河市 / 长安区 / 横荷街道"
    with as_owner():
        assert Committee.objects.get(code="9901").pinyin == "daheshi"


def test_file_may_name_a_part_only(tmp_path: Path) -> None:
    load(write_divisions(tmp_path / "whole.csv", SMALL))
    part: list[Row] = [("990102002", "新镇", "township", "990102")]
    assert load(write_divisions(tmp_path / "part.csv", part)).created == 1
    assert len(tree()) == len(SMALL) + 1


def test_closed_committee_is_left_alone(tmp_path: Path) -> None:
    load(write_divisions(tmp_path / "first.csv", SMALL))
    with as_owner():
        Committee.objects.filter(code="990102001").update(closed_on="2024-01-01")
    renamed = [(row[0], "别名镇", *row[2:]) if row[0] == "990102001" else row for row in SMALL]
    assert load(write_divisions(tmp_path / "second.csv", renamed)).renamed == 0
    assert tree()["990102001"][1] == "太平镇"


def replaced(of: str, /, **changes: str) -> list[Row]:
    fields = ("code", "name", "level", "parent")
    return [
        tuple(changes.get(field, value) for field, value in zip(fields, row, strict=True))  # type: ignore[misc]
        if row[0] == of
        else row
        for row in SMALL
    ]


FAULTS: dict[str, tuple[list[Row], str]] = {
    "a code twice": ([*SMALL, SMALL[-1]], "duplicate_code"),
    "a code twice with another name": ([*SMALL, ("9901", "别名", "city", "99")], "duplicate_code"),
    "an unknown parent": (replaced("990101001", parent="990199"), "unknown_parent"),
    "no parent": (replaced("9901", parent=""), "unknown_parent"),
    "itself as parent": (replaced("9901", parent="9901"), "wrong_level"),
    "an unknown level": (replaced("990101001", level="village"), "wrong_level"),
    "no level": (replaced("990101001", level=""), "wrong_level"),
    "a city below a city": (replaced("990101", level="city"), "wrong_level"),
    "a county below a county": (replaced("990101001", level="county"), "wrong_level"),
    "a township beside counties": (replaced("990101001", parent="9901"), "wrong_level"),
    "a county beside townships": (
        [*SMALL, ("990201", "新区", "county", "9902")],
        "wrong_level",
    ),
    "a county right below the province": (replaced("990101", parent="99"), "wrong_level"),
    "a township right below the province": (replaced("990200001", parent="99"), "wrong_level"),
    "a province below something": (replaced("99", parent="9901"), "wrong_level"),
    "a level against the code": (replaced("990200001", code="990200"), "wrong_level"),
    "no name": (replaced("9901", name=""), "wrong_name"),
    "nothing": ([], "empty_table"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stands", ["empty", "loaded"])
def test_file_with_a_fault_changes_nothing(fault: str, stands: str, tmp_path: Path) -> None:
    if stands == "loaded":
        load(write_divisions(tmp_path / "good.csv", SMALL))
    before = tree()
    rows, code = FAULTS[fault]
    with pytest.raises(Refusal) as refused:
        load(write_divisions(tmp_path / "faulty.csv", rows))
    # What stands may be the first thing that a wrong row contradicts.
    assert refused.value.code in ({code} if stands == "empty" else {code, "other_parent"})
    assert tree() == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parent": "990102"}, "other_parent"),
        ({"parent": "9902"}, "other_parent"),
    ],
)
def test_division_never_moves(changes: dict[str, str], code: str, tmp_path: Path) -> None:
    load(write_divisions(tmp_path / "good.csv", SMALL))
    before = tree()
    with pytest.raises(Refusal) as refused:
        load(write_divisions(tmp_path / "moved.csv", replaced("990101001", **changes)))
    assert refused.value.code == code
    assert tree() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"code,name\n44,x\n", "code,name,level,parent\n44,广东,province,\n".encode("utf-16")],
)
def test_file_that_is_no_table_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal):
        load(path)
    with pytest.raises(Refusal):
        load(tmp_path / "missing.csv")


def test_byte_order_mark_and_spaces_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    text = "code, name ,level,parent\r\n99, 安平省,province,\r\n,,,\r\n"
    path.write_text(text, encoding="utf-8-sig", newline="")
    assert load(path).created == 1
    assert tree()["99"][1] == "安平省"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), parts=st.integers(1, 4))
def test_order_of_rows_does_not_matter(seed: int, parts: int, tmp_path: Path) -> None:
    rows = list(SMALL)
    random.Random(seed).shuffle(rows)
    empty_tree()
    for _each in range(parts):
        load(write_divisions(tmp_path / "shuffled.csv", rows))
        random.Random(seed + 1).shuffle(rows)
    assert {code: path for code, (path, _n, _f) in tree().items()} == {
        "99": "0001",
        "9901": "00010001",
        "9902": "00010002",
        "990101": "000100010001",
        "990102": "000100010002",
        "990101001": "0001000100010001",
        "990101002": "0001000100010002",
        "990102001": "0001000100020001",
        "990200001": "000100020001",
    }


LEVELS = ("province", "city", "county", "township")
codes = st.integers(0, 12).map(lambda number: f"X{number}")
random_rows = st.lists(
    st.tuples(
        codes, st.sampled_from(["甲", "乙"]), st.sampled_from(LEVELS), st.one_of(codes, st.just(""))
    ),
    max_size=10,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=random_rows)
def test_any_table_is_taken_whole_or_not_at_all(rows: list[Row], tmp_path: Path) -> None:
    empty_tree()
    path = write_divisions(tmp_path / "random.csv", rows)
    try:
        load(path)
    except Refusal:
        assert tree() == {}
        return
    with as_owner():
        committees = {each.code: each for each in Committee.objects.all()}
    assert len(rows) == len(committees)
    for code, name, level, parent in rows:
        committee = committees[code]
        assert (committee.name, committee.level) == (name, level)
        assert committee.path[:-4] == (committees[parent].path if parent else "")


def test_command_says_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_divisions(tmp_path / "divisions.csv", SMALL)
    call_command("load_divisions", path)
    assert capsys.readouterr().out == "9 created, 0 renamed, 0 unchanged\n"
    faulty = write_divisions(tmp_path / "faulty.csv", FAULTS["an unknown parent"][0])
    with pytest.raises(CommandError, match="990199"):
        call_command("load_divisions", faulty)
