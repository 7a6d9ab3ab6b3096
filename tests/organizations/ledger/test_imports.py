"""Ledgers from workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from xlsxwriter import Workbook

from core.tenancy.scope import acting_as
from core.workbooks.errors import WorkbookRefused
from core.workbooks.results import ImportResult
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor, actor_of_membership
from organizations.committees.models import Committee
from organizations.ledger.imports import import_ledger
from organizations.ledger.models import Organization
from organizations.ledger.queries import Coverage, coverage
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory
from tests.factories.committees import add_committee
from tests.organizations.divisions import REAL_FILE, load

LEDGER = REAL_FILE.parent / "workbooks" / "ledger-guangdong-2021.xlsx"
TITLE = "县级团属志愿服务组织建设情况台账（2021年4月）"
HEADER = (
    "序号",
    "地市",
    "县（市、区）",
    "组织名称",
    "组织类型",
    "成立时间",
    "是否规范化建设",
    "注册志愿者数",
)
GOOD = ("清远市", "清城区", "清城区志愿者联合会", "志愿者联合会", "2015.3", "是", 5805)


def write_ledger(path: Path, rows: Sequence[Sequence[object]], title: str = TITLE) -> Path:
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [title])
        sheet.write_row(1, 0, HEADER)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(1 + number, 0, [number, *row])
    return path


def take(path: Path, actor: Actor, **options: Any) -> ImportResult:
    with acting_as(actor.scope):
        return import_ledger(path, actor=actor, **options)


def standing() -> dict[str, Organization]:
    with as_owner():
        return {each.name: each for each in Organization.objects.all()}


@pytest.fixture
def real_province(db: None) -> Actor:
    """The province's officer over the whole tree."""
    load(REAL_FILE)
    with as_owner():
        return actor_of_membership(
            MembershipFactory(
                user=UserFactory(), committee=Committee.objects.get(code="44"), role="officer"
            )
        )


def province_on(actor: Actor, on: date) -> Coverage:
    with acting_as(actor.scope):
        return coverage(path=actor.scope.committee, on=on)


def test_real_ledger_gives_the_published_figures(real_province: Actor) -> None:
    result = take(LEDGER, real_province)
    assert (result.kind, result.rows, result.accepted, list(result.refused)) == (
        "ledger",
        122,
        122,
        [],
    )
    for day in (timezone.localdate(), date(2021, 4, 30)):
        found = province_on(real_province, day)
        assert (found.counties, found.established, found.standardised) == (122, 106, 84)
        assert (found.established_rate, found.standardised_rate) == (0.8689, 0.6885)
    found = province_on(real_province, timezone.localdate())
    before = province_on(real_province, date(2021, 3, 31))
    assert (before.counties, before.standardised) == (122, 0)
    assert before.established < 106
    by_city = {each.code: each for each in found.children}
    assert by_city["4419"].established_rate is None
    assert (by_city["4406"].counties, by_city["4406"].standardised) == (5, 5)


def test_repeating_adds_nothing(real_province: Actor) -> None:
    take(LEDGER, real_province)
    before = standing()
    again = take(LEDGER, real_province)
    assert (again.accepted, again.unchanged, list(again.refused)) == (122, 122, [])
    assert again.adds_nothing_new
    after = standing()
    assert {name: each.pk for name, each in after.items()} == {
        name: each.pk for name, each in before.items()
    }
    assert [vars(each) for each in after.values()] != []


def test_checking_changes_nothing(real_province: Actor) -> None:
    result = take(LEDGER, real_province, check=True)
    assert (result.rows, result.accepted) == (122, 122)
    assert standing() == {}


def test_city_takes_its_own_counties_and_names_the_others(cast: Cast, tmp_path: Path) -> None:
    rows = [GOOD, ("佛山市", "顺德区", "顺德区志愿者联合会", "", "2015.3", "是", 1)]
    result = take(write_ledger(tmp_path / "ledger.xlsx", rows), cast.city_4418)
    assert (result.rows, result.accepted) == (2, 1)
    assert [(row.row, row.field) for row in result.refused] == [(4, "city")]
    assert set(standing()) == {"清城区志愿者联合会"}


def test_facts_of_a_row_are_kept(cast: Cast, tmp_path: Path) -> None:
    take(write_ledger(tmp_path / "ledger.xlsx", [GOOD]), cast.city_4418)
    kept = standing()["清城区志愿者联合会"]
    assert kept.committee_id == cast.committee("441802").path
    assert (kept.kind, kept.founded_on, kept.reported_volunteers) == (
        "federation",
        date(2015, 3, 1),
        5805,
    )
    assert kept.standardised_on == date(2021, 4, 1)


@pytest.mark.parametrize("said", ["否", "正在推进", "×", "", "/", "未完成"])
def test_organisation_not_yet_standardised_is_entered(
    cast: Cast, tmp_path: Path, said: str
) -> None:
    row = (*GOOD[:5], said, 10)
    assert take(write_ledger(tmp_path / "ledger.xlsx", [row]), cast.city_4418).accepted == 1
    assert standing()["清城区志愿者联合会"].standardised_on is None


@pytest.mark.parametrize("said", ["无", "/", "暂未成立", "", "-", "尚未成立"])
def test_county_without_organisation_is_no_fault(cast: Cast, tmp_path: Path, said: str) -> None:
    row = ("清远市", "清城区", said, "", "", "否", "")
    result = take(write_ledger(tmp_path / "ledger.xlsx", [row]), cast.city_4418)
    assert (result.rows, result.accepted, standing()) == (1, 1, {})


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({1: "无此县"}, "county", "ledger_county_unknown"),
        ({1: ""}, "county", "ledger_county_missing"),
        ({0: "无此市"}, "city", "ledger_city_unknown"),
        ({3: "俱乐部"}, "", ""),
        ({2: "清城区青年汇", 3: "俱乐部"}, "kind", "ledger_kind_unknown"),
        ({4: "2015年"}, "founded_on", "date_no_month"),
        ({4: "二〇一五"}, "founded_on", "date_unknown"),
        (
            {4: (timezone.localdate() + timedelta(days=2)).isoformat()},
            "founded_on",
            "ledger_founded_ahead",
        ),
        ({5: "也许"}, "standardised", "answer_unknown"),
        ({6: "很多"}, "reported_volunteers", "count_unknown"),
        ({6: 1e14}, "reported_volunteers", "count_unknown"),
        ({2: "长" * 121}, "name", "ledger_name_too_long"),
    ],
)
def test_row_is_refused_with_its_field(
    cast: Cast, tmp_path: Path, changes: dict[int, object], field: str, code: str
) -> None:
    row = [changes.get(place, value) for place, value in enumerate(GOOD)]
    other = ("清远市", "英德市", "英德市志愿者联合会", "", "", "", "")
    result = take(write_ledger(tmp_path / "ledger.xlsx", [row, other]), cast.city_4418)
    assert [(each.row, each.field, each.code) for each in result.refused] == (
        [(3, field, code)] if field else []
    )
    assert all(each.message for each in result.refused)
    assert "英德市志愿者联合会" in standing(), "good rows are taken"


def test_row_that_repeats_another_is_refused(cast: Cast, tmp_path: Path) -> None:
    result = take(write_ledger(tmp_path / "ledger.xlsx", [GOOD, GOOD]), cast.city_4418)
    assert [(each.row, each.field) for each in result.refused] == [(4, "duplicate")]


def test_county_is_found_below_its_city(cast: Cast, tmp_path: Path) -> None:
    with as_owner():
        add_committee(code="440699", name="清城区", level="county", parent=cast.committee("4406"))
    rows = [GOOD, ("佛山", "清城", "佛山那个清城区协会", "", "", "", "")]
    result = take(write_ledger(tmp_path / "ledger.xlsx", rows), cast.province)
    assert result.accepted == 2
    kept = standing()
    assert kept["清城区志愿者联合会"].committee_id == cast.committee("441802").path
    assert kept["佛山那个清城区协会"].committee_id != cast.committee("441802").path
    nameless = [("", "清城区", "哪个清城区", "", "", "", "")]
    again = take(write_ledger(tmp_path / "other.xlsx", nameless), cast.province)
    assert [each.code for each in again.refused] == ["ledger_county_ambiguous"]


@pytest.mark.parametrize(
    ("title", "given", "month"),
    [
        (TITLE, None, date(2021, 4, 1)),
        ("台账 2022.11", None, date(2022, 11, 1)),
        (TITLE, date(2023, 5, 17), date(2023, 5, 1)),
        ("台账", None, timezone.localdate().replace(day=1)),
    ],
)
def test_month_comes_from_the_title_unless_given(
    cast: Cast, tmp_path: Path, title: str, given: date | None, month: date
) -> None:
    path = write_ledger(tmp_path / "ledger.xlsx", [GOOD], title)
    take(path, cast.city_4418, as_of=given)
    assert standing()["清城区志愿者联合会"].standardised_on == month


def ledger_of(tmp_path: Path, month: date, said: str) -> Path:
    return write_ledger(
        tmp_path / f"{month}.xlsx",
        [(*GOOD[:5], said, 10)],
        f"台账（{month.year}年{month.month}月）",
    )


def test_later_ledger_brings_the_standard_and_ends_it(cast: Cast, tmp_path: Path) -> None:
    months = (date(2021, 4, 1), date(2021, 6, 1), date(2022, 1, 1))
    for month, said in zip(months, ("正在推进", "是", "否"), strict=True):
        take(ledger_of(tmp_path, month, said), cast.city_4418)
    kept = standing()["清城区志愿者联合会"]
    assert (kept.standardised_on, kept.standardised_until) == (date(2021, 6, 1), date(2022, 1, 1))


def test_earlier_ledger_never_undoes_a_later_one(cast: Cast, tmp_path: Path) -> None:
    take(ledger_of(tmp_path, date(2021, 6, 1), "是"), cast.city_4418)
    take(ledger_of(tmp_path, date(2021, 4, 1), "否"), cast.city_4418)
    kept = standing()["清城区志愿者联合会"]
    assert (kept.standardised_on, kept.standardised_until) == (date(2021, 6, 1), None)
    take(ledger_of(tmp_path, date(2021, 5, 1), "是"), cast.city_4418)
    assert standing()["清城区志愿者联合会"].standardised_on == date(2021, 5, 1)


def test_founding_within_the_month_begins_the_standard(cast: Cast, tmp_path: Path) -> None:
    row = (*GOOD[:4], "2021年4月18日", "是", 10)
    take(write_ledger(tmp_path / "ledger.xlsx", [row]), cast.city_4418)
    assert standing()["清城区志愿者联合会"].standardised_on == date(2021, 4, 18)


@pytest.mark.parametrize("role", [ActorRole.RECORDER, ActorRole.AUDITOR, ActorRole.VOLUNTEER])
def test_only_heads_import_a_ledger(cast: Cast, tmp_path: Path, role: ActorRole) -> None:
    path = write_ledger(tmp_path / "ledger.xlsx", [GOOD])
    with pytest.raises(PermissionDenied):
        take(path, replace(cast.city_4418, role=role))


def test_file_that_is_no_workbook_is_refused(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(WorkbookRefused):
        take(path, cast.city_4418)
