"""The reader: header under titles, the right sheet, merged cells, footers, every format."""

import datetime as dt
from pathlib import Path

import pytest

from core.workbooks import Cell, Column, Sheet, WorkbookRefused, read_workbook
from tests.core.workbooks.builders import biff, compound, write_xlsx
from tests.core.workbooks.cast import HOURS, LEDGER

NAMES = (Column("name", "姓名", required=True), Column("phone", "联系电话", ("手机",)))
TABLE: list[list[Cell]] = [
    ["花名册"],
    ["填报单位：清城区", "", "2026年"],
    ["序号", "姓 名", "联系电话", "备注"],
    [1.0, "刘霞明", "19900000001", ""],
    [2.0, "马霞", "19900000002", "新"],
]


def values(sheet: Sheet) -> list[tuple[int, tuple[Cell, ...]]]:
    return [(row.number, row.values) for row in sheet.rows]


def read(path: Path, table: list[list[Cell]], columns: tuple[Column, ...] = NAMES) -> Sheet:
    return read_workbook(write_xlsx(path / "t.xlsx", {"名册": table}), columns)


def test_header_is_found_under_title_rows(tmp_path: Path) -> None:
    sheet = read(tmp_path, TABLE)
    assert sheet.name == "名册"
    assert sheet.header_row == 3
    assert sheet.header == ("序号", "姓 名", "联系电话", "备注")
    assert sheet.mapping == {"name": 1, "phone": 2}
    assert sheet.unmapped == ("序号", "备注")
    assert sheet.above == ("花名册", "填报单位：清城区 2026年")
    assert sheet.missing == ()
    assert sheet.count == 2
    assert values(sheet) == [(4, ("刘霞明", "19900000001")), (5, ("马霞", "19900000002"))]
    assert [row.cells for row in sheet.rows] == [
        (1.0, "刘霞明", "19900000001", ""),
        (2.0, "马霞", "19900000002", "新"),
    ]


def test_table_away_from_the_corner_keeps_the_spreadsheets_numbers(tmp_path: Path) -> None:
    sheet = read(tmp_path, [[], [], *[["", "", *line] for line in TABLE[2:]]])
    assert sheet.header_row == 3
    assert sheet.mapping == {"name": 3, "phone": 4}
    assert values(sheet)[0] == (4, ("刘霞明", "19900000001"))


def test_missing_columns_are_named_and_read_as_blank(tmp_path: Path) -> None:
    sheet = read(tmp_path, [["姓名"], ["刘霞明"]], HOURS)
    assert [column.name for column in sheet.missing] == ["person", "date", "hours"]
    assert values(sheet) == [(2, ("刘霞明", "", "", "", "", "", ""))]


def test_sheet_without_known_headers_still_shows_its_own(tmp_path: Path) -> None:
    sheet = read(tmp_path, [["名单"], ["甲", "乙"], ["刘霞明", "19900000001"]])
    assert sheet.header == ("甲", "乙")
    assert sheet.mapping == {}
    assert [column.name for column in sheet.missing] == ["name"]
    mended = read_workbook(tmp_path / "t.xlsx", NAMES, mapping={"name": 0, "phone": 1})
    assert values(mended) == [(3, ("刘霞明", "19900000001"))]


def test_whole_header_counts_before_one_without_its_parentheses(tmp_path: Path) -> None:
    columns = (Column("start", "时间"), Column("end", "时间（结束）"), Column("phone", "电话"))
    sheet = read(
        tmp_path, [["时间（结束）", "时间（开始）", "电话（监护人）"], ["a", "b", "c"]], columns
    )
    assert sheet.mapping == {"start": 1, "end": 0}


def test_mapping_can_be_corrected(tmp_path: Path) -> None:
    table: list[list[Cell]] = [["姓名", "联系电话", "手机"], ["刘霞明", "8", "19900000001"]]
    assert read(tmp_path, table).mapping == {"name": 0, "phone": 1}
    path = tmp_path / "t.xlsx"
    assert read_workbook(path, NAMES, mapping={"phone": 2}).mapping == {"name": 0, "phone": 2}
    assert read_workbook(path, NAMES, mapping={"phone": None}).mapping == {"name": 0}
    assert read_workbook(path, NAMES, mapping={"phone": 0}).mapping == {"phone": 0}
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(path, NAMES, mapping={"phone": 3})
    assert refused.value.code == "no_column"
    with pytest.raises(ValueError, match="unknown columns"):
        read_workbook(path, NAMES, mapping={"email": 1})


def test_header_row_can_be_corrected(tmp_path: Path) -> None:
    table: list[list[Cell]] = [["姓名", "手机"], ["称呼", "号码"], ["刘霞明", "19900000001"]]
    read(tmp_path, table)
    path = tmp_path / "t.xlsx"
    sheet = read_workbook(path, NAMES, header_row=2, mapping={"name": 0, "phone": 1})
    assert sheet.header == ("称呼", "号码")
    assert [number for number, _ in values(sheet)] == [3]


def test_header_of_two_rows_is_read_in_its_lowest(tmp_path: Path) -> None:
    table: list[list[Cell]] = [
        ["登记表"],
        ["姓名", "身份证号", "日期", "时间", "", "时长"],
        ["", "", "", "开始", "结束", ""],
        ["刘霞明", "1", "2", "08:00", "09:00", 1.0],
    ]
    merges = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5)]
    path = write_xlsx(tmp_path / "t.xlsx", {"表": table}, merges)
    sheet = read_workbook(path, HOURS)
    assert sheet.header_row == 3
    assert sheet.header == ("姓名", "身份证号", "日期", "开始", "结束", "时长")
    assert values(sheet) == [(4, ("刘霞明", "1", "", "2", "08:00", "09:00", 1.0))]


def test_header_of_two_rows_is_found_also_where_only_the_upper_names_columns(
    tmp_path: Path,
) -> None:
    table: list[list[Cell]] = [["姓名", "其他", ""], ["", "甲", "乙"], ["刘霞明", "1", "2"]]
    path = write_xlsx(tmp_path / "t.xlsx", {"表": table}, [(0, 0, 1, 0), (0, 1, 0, 2)])
    sheet = read_workbook(path, NAMES)
    assert sheet.header == ("姓名", "甲", "乙")
    assert [number for number, _ in values(sheet)] == [3]


def test_merged_cells_are_filled_downwards(tmp_path: Path) -> None:
    table: list[list[Cell]] = [
        ["地市", "县（市、区）", "组织名称"],
        ["广州市", "荔湾区", "甲"],
        ["", "越秀区", "乙"],
        ["", "海珠区", ""],
        ["", "某区", "丁"],
    ]
    path = write_xlsx(tmp_path / "t.xlsx", {"台账": table}, [(1, 0, 3, 0)])
    cities = [row.values[0] for row in read_workbook(path, LEDGER).rows]
    assert cities == ["广州市", "广州市", "广州市", ""]


def test_blank_cells_repeat_the_one_above_only_where_a_csv_cannot_say(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "地市,县,组织名称\n广州市,荔湾区,甲\n,越秀区,\n深圳市,福田区,丙\n", encoding="utf-8"
    )
    rows = [row.values[:3] for row in read_workbook(path, LEDGER).rows]
    assert rows == [
        ("广州市", "荔湾区", "甲"),
        ("广州市", "越秀区", ""),
        ("深圳市", "福田区", "丙"),
    ]


def test_ditto_marks_stand_for_the_cell_above(tmp_path: Path) -> None:
    table: list[list[Cell]] = [
        ["姓名", "联系电话", "活动"],
        ["刘霞明", "1", "巡河"],
        ["马霞", "2", "同上"],
        ["陈军", "3", "〃"],
    ]
    assert [row.cells[2] for row in read(tmp_path, table).rows] == ["巡河"] * 3


@pytest.mark.parametrize(
    "line",
    [
        ["合计", "", ""],
        ["合 计", "", "1200"],
        ["合计：3人"],
        ["", "小计"],
        ["本页小计", ""],
        ["总计（小时）"],
        ["填表人：", "", "审核人："],
        ["填表人（签字）：张三  审核人：李四"],
        ["填报日期：2026年6月3日"],
        ["单位（盖章）"],
        ["制表：张三"],
        ["注：本表一式两份"],
        ["备注：无"],
        ["", "", ""],
        [" ", "\u3000", ""],
        ["3", "", ""],
        ["序号", "姓 名", "联系电话", "备注"],
    ],
    ids=repr,
)
def test_row_that_is_no_record_is_passed_over(tmp_path: Path, line: list[Cell]) -> None:
    last: list[Cell] = [3.0, "陈军", "19900000003"]
    sheet = read(tmp_path, [*TABLE, line, last])
    assert [number for number, _ in values(sheet)] == [4, 5, 7]


def test_person_called_like_a_footer_is_a_record(tmp_path: Path) -> None:
    table: list[list[Cell]] = [["姓名", "联系电话"], ["合计", "19900000001"]]
    columns = (NAMES[0], Column("phone", "联系电话", required=True))
    assert read(tmp_path, table, columns).count == 1


def test_incomplete_row_is_a_record(tmp_path: Path) -> None:
    assert values(read(tmp_path, [*TABLE, [3.0, "", "19900000003"]]))[-1] == (
        6,
        ("", "19900000003"),
    )


def test_sheet_that_names_most_columns_is_read(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Cell]]] = {
        "说明": [["请按表填写"], ["姓名", "写登记姓名"]],
        "空": [],
        "名册": TABLE,
        "名册二": TABLE,
        "空名册": TABLE[:3],
    }
    path = write_xlsx(tmp_path / "t.xlsx", sheets)
    sheet = read_workbook(path, NAMES)
    assert sheet.name == "名册"
    assert sheet.outline.sheet_names == tuple(sheets)
    assert sheet.rivals == ("名册二",)
    assert read_workbook(path, NAMES, sheet="名册二").name == "名册二"
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(path, NAMES, sheet="别的")
    assert refused.value.code == "no_sheet"


def test_cells_keep_their_types(tmp_path: Path) -> None:
    line: list[Cell] = ["刘霞明", 1.5, dt.date(2026, 5, 3), dt.time(8, 30), True, "=1+1"]
    sheet = read(tmp_path, [["姓名", "a", "b", "c", "d", "e"], line])
    assert next(iter(sheet.rows)).cells == tuple(line)


def test_rows_can_be_walked_again(tmp_path: Path) -> None:
    sheet = read(tmp_path, TABLE)
    assert values(sheet) == values(sheet)


CSV = "名册;;\n姓名;联系电话;备注\n刘霞明;19900000001;“好”，很好\n\n马霞;19900000002;\n合计;;\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_its_encodings_and_delimiters(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(CSV.replace(";", delimiter).encode(encoding))
    sheet = read_workbook(path, NAMES)
    assert sheet.name == ""
    assert sheet.header == ("姓名", "联系电话", "备注")
    assert values(sheet) == [(3, ("刘霞明", "19900000001")), (5, ("马霞", "19900000002"))]


def test_csv_texts_kept_by_a_formula_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('姓名,联系电话\n刘霞明,"=""19900000001"""\n', encoding="utf-8")
    assert values(read_workbook(path, NAMES)) == [(2, ("刘霞明", "19900000001"))]


def test_csv_of_one_column_and_ragged_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("姓名\n刘霞明\n马霞,19900000002,多\n", encoding="utf-8")
    sheet = read_workbook(path, NAMES)
    assert [row.cells for row in sheet.rows] == [("刘霞明", "", ""), ("马霞", "19900000002", "多")]
    assert sheet.header == ("姓名", "", "")


def test_xls_is_read_with_its_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.xls"
    table: list[list[str | float]] = [
        ["台账", "", ""],
        ["地市", "县", "组织名称"],
        ["广州市", "荔湾区", "甲"],
        ["", "越秀区", 5.0],
    ]
    path.write_bytes(compound({"Workbook": biff(table, [(2, 0, 3, 0)])}))
    sheet = read_workbook(path, LEDGER)
    assert sheet.header_row == 2
    assert [row.values[:3] for row in sheet.rows] == [
        ("广州市", "荔湾区", "甲"),
        ("广州市", "越秀区", 5.0),
    ]


def test_content_counts_and_not_the_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "t.xlsx", {"名册": TABLE}).rename(tmp_path / "t.xls")
    assert read_workbook(path, NAMES).count == 2
    assert read_workbook(path.rename(tmp_path / "upload"), NAMES).count == 2
