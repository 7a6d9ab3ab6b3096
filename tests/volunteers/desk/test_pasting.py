"""Reading pasted lists: what becomes a row, what comes back, and that nothing is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteers.desk.pasting import read_pasted, read_person, with_year

TODAY = date(2026, 11, 22)


def rows_of(text: str) -> list[dict[str, str]]:
    pasted = read_pasted(text, today=TODAY)
    return [{name: cell for name, cell in row.cells.items() if cell} for row in pasted.rows]


def unread_of(text: str) -> tuple[str, ...]:
    return read_pasted(text, today=TODAY).unread


def left_out_of(text: str) -> tuple[str, ...]:
    return read_pasted(text, today=TODAY).left_out


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("1. 张三 3小时", {"person": "张三", "hours": "3小时"}),
        ("2、李四 2.5h", {"person": "李四", "hours": "2.5h"}),
        ("５．欧阳娜娜 ２．５小时", {"person": "欧阳娜娜", "hours": "2.5小时"}),
        ("(6)买买提·艾力 3个半小时", {"person": "买买提·艾力", "hours": "3个半小时"}),
        ("⑧周八 8-11点", {"person": "周八", "start": "8点", "end": "11点"}),
        ("4.@赵六 尾号0006", {"person": "赵六 0006"}),
        ("张三08：00—11：00", {"person": "张三", "start": "08:00", "end": "11:00"}),
        (
            "7）孙七 19900000000 下午2点-4点半",
            {"person": "孙七 19900000000", "start": "下午2点", "end": "下午4点半"},
        ),
        (
            "5.16 张三 8:00-11:00",
            {"person": "张三", "date": "5.16", "start": "8:00", "end": "11:00"},
        ),
        ("5月16日 张三 90分钟", {"person": "张三", "date": "5月16日", "hours": "90分钟"}),
        ("王五 2.5", {"person": "王五", "hours": "2.5"}),
        ("韩梅梅：3小时", {"person": "韩梅梅", "hours": "3小时"}),
        ("张伟（3小时）带队", {"person": "张伟", "hours": "3小时", "note": "带队"}),
        ("John Smith 2h", {"person": "John Smith", "hours": "2h"}),
        ("刘霞明 449900199904010006", {"person": "刘霞明 449900199904010006"}),
        # Five hours and a bit, or the sixteenth of May: nobody knows, so it is a remark.
        ("赵六 5.16", {"person": "赵六", "note": "5.16"}),
    ],
)
def test_line_of_a_chat_becomes_a_row(line: str, cells: dict[str, str]) -> None:
    assert rows_of(line) == [cells]


@pytest.mark.parametrize(
    "line",
    [
        "9. 吴九、郑十 3小时",
        "3小时",
        "请假：",
        "负责人：王五",
        "2. 谢谢小朋友们都来啦",
        "人名太长" * 100,
    ],
)
def test_line_that_is_not_understood_comes_back(line: str) -> None:
    assert rows_of(line) == []
    assert (unread_of(line), left_out_of(line)) == ((line,), ())


@pytest.mark.parametrize(
    "line",
    [
        "#接龙",
        "接龙",
        "3.",
        "4. 谢谢",
        "谢谢！",
        "谢谢张队长",
        "收到，谢谢",
        "各位辛苦了，明天继续",
        "大家好，周六见",
        "——————",
        "👍👍",
        "合计：12人",
        "共12人，合计36小时",
        "已报名 12 人",
        "地点：横荷街道",
        "姓名 电话 时长",
        "巡河名单",
        "敬老院探访签到表",
        "5月16日 8:00-11:00",
    ],
)
def test_line_in_which_nobody_signs_is_left_out(line: str) -> None:
    assert rows_of(line) == []
    assert (unread_of(line), left_out_of(line)) == ((), (line,))


@pytest.mark.parametrize(
    "name", ["谢谢谢", "共青", "合浦", "辛勤", "龙接", "欢欢", "郝名单子", "通嘎"]
)
def test_odd_name_is_a_row_and_not_noise(name: str) -> None:
    assert rows_of(f"1. {name}") == [{"person": name}]


def test_title_gives_its_day_and_times_to_the_lines_below() -> None:
    text = "#接龙\n5月16日敬老院探访 上午8:00-11:00\n\n1. 张三\n2. 李四 下午2点-4点"
    assert rows_of(text) == [
        {"person": "张三", "date": "5月16日", "start": "上午8:00", "end": "11:00"},
        {"person": "李四", "date": "5月16日", "start": "下午2点", "end": "下午4点"},
    ]
    assert unread_of(text) == ()


def test_first_line_of_a_chain_names_the_day_and_nobody() -> None:
    assert rows_of("#接龙 5月16日 河小青\n1. 张三") == [{"person": "张三", "date": "5月16日"}]
    assert rows_of("接龙 张三 2小时") == [{"person": "张三", "hours": "2小时", "note": "接龙"}]


def test_labelled_activity_is_that_of_the_lines_below() -> None:
    assert rows_of("活动：巡河\n时间：5月16日 8:00-11:00\n张三") == [
        {"person": "张三", "activity": "巡河", "date": "5月16日", "start": "8:00", "end": "11:00"}
    ]


def test_table_with_header_is_read_by_the_words_of_an_import() -> None:
    text = (
        "敬老院探访签到表\n"
        "序号\t姓名\t手机号\t服务日期\t开始时间\t结束时间\t服务时长（分钟）\t备注\n"
        "1\t张三\t19900000000\t2026-05-16\t8:00\t11:00\t150\t\n"
        "2\t李四\t\t5.16\t\t\t90分钟\t迟到\n"
        "\t\t\t\t\t\t240\t合计\n"
    )
    assert rows_of(text) == [
        {
            "person": "张三 19900000000",
            "date": "2026-05-16",
            "start": "8:00",
            "end": "11:00",
            "hours": "150分钟",
        },
        {"person": "李四", "date": "5.16", "hours": "90分钟", "note": "迟到"},
    ]
    assert unread_of(text) == ()
    heading, header, *_rows, total = text.splitlines()
    assert left_out_of(text) == (heading, header, total)


@pytest.mark.parametrize("total", ["合计\t5.5", "总计\t5.5小时", "\t合计：5.5小时"])
def test_sum_below_a_table_is_left_out(total: str) -> None:
    table = f"张三\t3\n李四\t2.5\n{total}"
    assert [row["person"] for row in rows_of(table)] == ["张三", "李四"]
    assert (unread_of(table), left_out_of(table)) == ((), (total,))


def test_table_without_header_is_read_by_what_its_cells_look_like() -> None:
    text = (
        "1\t张三\t19900000000\t5月16日\t8:00-11:00\t3\n"
        "2\t李四\t19900000001\t5月16日\t8:00-11:00\t2.5\n"
    )
    assert rows_of(text)[1] == {
        "person": "李四 19900000001",
        "date": "5月16日",
        "start": "8:00",
        "end": "11:00",
        "hours": "2.5",
    }
    assert rows_of("张三\t3\n李四\t2.5") == [
        {"person": "张三", "hours": "3"},
        {"person": "李四", "hours": "2.5"},
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5.16", "2026-05-16"),
        ("5月16日", "2026-05-16"),
        ("12-5", "2025-12-05"),
        ("2.29", "2024-02-29"),
        ("2.30", "2.30"),
        ("2026-05-16", "2026-05-16"),
        ("13.5", "13.5"),
    ],
)
def test_day_without_year_is_the_latest_that_has_come(text: str, day: str) -> None:
    assert with_year(text, today=TODAY) == day


def test_what_is_said_between_the_entries_of_a_chain_comes_back() -> None:
    chain = "#接龙\n周六护河，请大家接龙\n1. 张三 3小时\n辛苦啦\n2. 李四\n人真多\n3. 王五\n大家辛苦"
    assert [row["person"] for row in rows_of(chain)] == ["张三", "李四", "王五"]
    assert unread_of(chain) == ("人真多",)
    assert left_out_of(chain) == ("#接龙", "周六护河，请大家接龙", "辛苦啦", "大家辛苦")


def test_entry_without_a_number_is_a_row_when_it_says_more_than_a_word() -> None:
    chain = "1. 张三 3小时\n2. 李四 3小时\n王五 3小时\n赵六 19900000000\n孙七"
    assert [row["person"] for row in rows_of(chain)] == ["张三", "李四", "王五", "赵六 19900000000"]
    assert unread_of(chain) == ("孙七",)


def test_bare_names_are_rows_where_none_is_numbered() -> None:
    assert [row["person"] for row in rows_of("张三\n李四\n辛苦啦\n1 王五")] == [
        "张三",
        "李四",
        "王五",
    ]


def test_parts_of_a_person() -> None:
    whole = read_person("张伟 身份证号：44990019990401000X 手机 199-0000-0000")
    assert (whole.name, whole.identity, whole.phone) == (
        "张伟",
        "44990019990401000X",
        "19900000000",
    )
    assert read_person("zhang wei").spelling == "zhangwei"
    assert read_person("张伟0006").tail == "0006"
    assert read_person("  ").is_nothing


_WORDS = st.sampled_from(
    "1. 2、 (3) ④ 张三 李四 王小明 @赵六 接龙 # 3小时 2.5h 两小时 8:00-11:00 下午2点-4点 5.16 "
    "5月16日 2026-05-16 19900000000 尾号0006 449900199904010006 ， 、 : ： （ ） 活动： 时间： "
    '姓名 时长 合计 👍 "'.split()
) | st.sampled_from(["\t", "\n"])
_LISTS = st.lists(_WORDS | st.text(max_size=6), max_size=40).map(" ".join)


@given(_LISTS | st.text(max_size=400))
def test_any_text_is_read_and_no_row_is_invented(text: str) -> None:
    pasted = read_pasted(text, today=TODAY)
    lines = text.splitlines()
    numbers = [row.line for row in pasted.rows]
    assert numbers == sorted(set(numbers))
    assert len(pasted.rows) + len(pasted.unread) <= max(len(lines), text.count("\n") + 1)
    for row in pasted.rows:
        assert row.cells["person"]
        assert not read_person(row.cells["person"]).is_nothing


_SAID = st.sampled_from(
    "张三|李四 3小时|2. 王五 8:00-11:00|合计|谢谢大家|#接龙|5月16日巡河|巡河名单|活动：巡河|3.|——|"
    "赵六、孙七|人真多|请假：|接龙 5月16日 河小青|共12人|👍|  |".split("|")
)


@given(st.lists(_SAID | st.text(st.characters(exclude_characters="\t"), max_size=12), max_size=20))
def test_each_line_of_a_chat_is_a_row_or_named(parts: list[str]) -> None:
    text = "\n".join(parts)
    pasted = read_pasted(text, today=TODAY)
    lines = text.splitlines()
    rows = [lines[row.line - 1].strip() for row in pasted.rows]
    said = [line.strip() for line in lines if line.strip()]
    assert sorted([*rows, *pasted.unread, *pasted.left_out]) == sorted(said)


_CELLS = st.sampled_from(
    "姓名 张三 李四 19900000000 3 2.5 5月16日 合计 序号 签到表".split()
) | st.just("")


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=5), min_size=1, max_size=12))
def test_each_line_of_a_table_is_a_row_or_named(table: list[list[str]]) -> None:
    pasted = read_pasted("\n".join(map("\t".join, table)), today=TODAY)
    numbers = [row.line for row in pasted.rows]
    rest = [line for at, line in enumerate(table, start=1) if at not in numbers and any(line)]
    named = sorted([*pasted.unread, *pasted.left_out])
    assert named == sorted("\t".join(line).rstrip("\t") for line in rest)
