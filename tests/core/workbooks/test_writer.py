"""The workbook of refused rows: as sent, harmless, and fit to come back."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from core.workbooks import Cell, read_workbook
from core.workbooks.cells import parse_identity
from core.workbooks.writer import write_refused_rows
from tests.core.workbooks.cast import HOURS, ROSTER, WORKBOOKS, moment

HEADER = ["姓名", "身份证号", "日期"]


def table(path: Path) -> list[list[object]]:
    with path.open("rb") as file:
        return [list(row) for row in load_workbook(file).get_sheet_by_index(0).to_python()]


def test_rows_are_written_as_sent_beside_their_reasons(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["刘霞明", 4.49e17, dt.date(2027, 5, 3)],
        ["马霞", "", moment(2026, 5, 3, 8)],
        [None, True, dt.time(8, 30)],
        ["", dt.timedelta(hours=30), dt.date(1900, 1, 1)],
    ]
    reasons = [(f"字段{at}", f"请修改{at}") for at in range(len(rows))]
    with translation.override("zh-hans"):
        assert write_refused_rows(tmp_path / "r.xlsx", HEADER, rows, reasons) == 4
    assert table(tmp_path / "r.xlsx") == [
        [*HEADER, "问题字段", "怎么办"],
        ["刘霞明", 4.49e17, dt.date(2027, 5, 3), "字段0", "请修改0"],
        ["马霞", "", moment(2026, 5, 3, 8), "字段1", "请修改1"],
        ["", True, dt.time(8, 30), "字段2", "请修改2"],
        ["", dt.timedelta(hours=30), "1900-01-01", "字段3", "请修改3"],
    ]


def test_header_of_the_reasons_follows_the_language(tmp_path: Path) -> None:
    with translation.override("en"):
        write_refused_rows(tmp_path / "r.xlsx", ["姓名"], [], [])
    assert table(tmp_path / "r.xlsx") == [["姓名", "Field at fault", "What to do"]]


DANGEROUS = [
    *("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "{=1+1}", "\t=1+1", "=" * 40),
    *("0123", "1e5", "http://example.org", "mailto:a@b.c", "internal:Sheet1!A1"),
]


def test_text_never_becomes_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_refused_rows(path, DANGEROUS, [DANGEROUS], [("=1+1", "=2+2")])
    assert table(path)[1] == [*DANGEROUS, "=1+1", "=2+2"]
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_columns_keep_the_digits_that_are_entered(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_refused_rows(path, HEADER, [["刘霞明", "1", ""]], [("a", "b")])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert '<col min="1" max="3" width="16.7109375" style="2" customWidth="1"/>' in sheet
    assert styles.count('<xf numFmtId="49"') == 3


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_comes_back_as_it_is(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "r.xlsx"
    write_refused_rows(path, texts, [texts], [("a", "b")])
    kept = [
        text for text in texts if text not in {"问题字段", "怎么办", "Field at fault", "What to do"}
    ]
    assert table(path)[-1] == [*kept, "a", "b"]


@pytest.mark.parametrize(
    "cell",
    [float("nan"), float("inf"), "x" * 40_000, "a\x00b", dt.date(1, 1, 1), moment(1800, 1, 1, 1)],
    ids=["nan", "inf", "long", "nul", "year 1", "year 1800"],
)
def test_cell_no_workbook_can_hold_is_written_as_text(tmp_path: Path, cell: Cell) -> None:
    path = tmp_path / "r.xlsx"
    write_refused_rows(path, ["a"], [[cell]], [("b", "c")])
    assert isinstance(table(path)[1][0], str)
    assert table(path)[1][0] != ""


def test_rows_without_their_reasons_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        write_refused_rows(tmp_path / "r.xlsx", ["a"], [["b"], ["c"]], [("d", "e")])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("name", "columns"), [("roster-441802.xlsx", ROSTER), ("hours-441802-2026-05.xlsx", HOURS)]
)
def test_refused_rows_are_read_again_and_refused_once_more(
    tmp_path: Path, language: str, name: str, columns: tuple[object, ...]
) -> None:
    sent = read_workbook(WORKBOOKS / name, columns)  # type: ignore[arg-type]
    rows, header, path = list(sent.rows)[:30], sent.header, tmp_path / "r.xlsx"
    for _ in range(2):
        with translation.override(language):
            cells = [row.cells for row in rows]
            write_refused_rows(path, header, cells, [("身份证号", "请核对")] * len(rows))
        again = read_workbook(path, columns)  # type: ignore[arg-type]
        assert again.mapping == sent.mapping
        assert again.header_row == 1
        assert len(again.unmapped) == len(sent.unmapped) + 2
        assert [row.number for row in again.rows] == list(range(2, 32))
        assert [row.values for row in again.rows] == [row.values for row in rows]
        rows, header = list(again.rows), again.header


def test_merged_and_repeated_cells_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "姓名,身份证号,备注\n刘霞明,44990019980401007X,甲\n马霞,1,同上\n", encoding="utf-8"
    )
    sheet = read_workbook(path, ROSTER)
    write_refused_rows(tmp_path / "r.xlsx", sheet.header, [list(sheet.rows)[1].cells], [("a", "b")])
    (row,) = read_workbook(tmp_path / "r.xlsx", ROSTER).rows
    assert row.cells[2] == "甲"
    assert parse_identity(row.cells[1]) == "1"
