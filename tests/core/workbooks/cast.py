"""The columns of the three kinds of workbook, and where the real ones lie."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from core.workbooks import Column

DATA = Path(__file__).parents[3] / "portal" / "demo" / "data"
WORKBOOKS = DATA / "workbooks"
FAULTS: dict[str, list[dict[str, str | int]]] = json.loads(
    (WORKBOOKS / "expected-faults.json").read_text()
)

HOURS = (
    Column("name", "姓名", ("志愿者", "志愿者姓名"), required=True),
    Column("person", "身份证号/手机号", ("身份证号", "手机号"), required=True),
    Column("activity", "活动名称", ("活动", "项目名称")),
    Column("date", "服务日期", ("日期",), required=True),
    Column("start", "开始时间", ("开始",)),
    Column("end", "结束时间", ("结束",)),
    Column("hours", "服务时长", ("时长", "服务小时"), required=True),
)
ROSTER = (
    Column("name", "姓名", required=True),
    Column("gender", "性别"),
    Column("identity", "身份证号", ("身份证号码", "公民身份号码"), required=True),
    Column("phone", "联系电话", ("手机", "手机号", "电话")),
    Column("township", "所属镇（街）", ("镇街", "所属镇街")),
    Column("registered", "注册时间"),
    Column("guardian", "监护人电话"),
)
LEDGER = (
    Column("city", "地市", ("市",), fill_down=True),
    Column("county", "县（市、区）", ("县", "县区"), required=True),
    Column("organization", "团属志愿服务组织名称", ("组织名称",)),
    Column("kind", "组织类型"),
    Column("founded", "成立时间"),
    Column("standardised", "是否规范化建设"),
    Column("volunteers", "注册志愿者数"),
)


def moment(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A date cell with a time: spreadsheets know no time zones."""
    return dt.datetime(year, month, day, hour, minute)
