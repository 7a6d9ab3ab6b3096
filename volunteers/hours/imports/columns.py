"""The columns of an hour sheet, and the words by which offices head them."""

from __future__ import annotations

from core.workbooks import Column
from core.workbooks.errors import gettext_noop

__all__ = ["HOURS_COLUMNS"]

HOURS_COLUMNS = (
    Column("name", gettext_noop("Name"), ("姓名", "志愿者姓名", "志愿者", "名字"), required=True),
    Column(
        "volunteer",
        gettext_noop("Identity number or telephone"),
        (
            "身份证号/手机号", "身份证号或手机号", "身份证号手机号", "手机号/身份证号", "身份证号",
            "身份证号码", "身份证", "证件号码", "证件号", "手机号", "手机号码", "手机", "联系电话",
            "电话",
        ),
        required=True,
    ),
    Column(
        "activity",
        gettext_noop("Activity"),
        ("活动名称", "活动", "服务项目", "项目名称", "项目", "服务内容", "活动项目"),
        required=True,
        fill_down=True,
    ),
    Column(
        "date",
        gettext_noop("Date"),
        ("服务日期", "日期", "活动日期", "服务时间", "活动时间"),
        required=True,
        fill_down=True,
    ),
    Column("start", gettext_noop("Start"), ("开始时间", "开始", "起", "签到时间", "签到")),
    Column("end", gettext_noop("End"), ("结束时间", "结束", "止", "签退时间", "签退")),
    Column(
        "hours",
        gettext_noop("Hours"),
        ("服务时长", "时长", "小时", "小时数", "志愿时长", "服务小时", "时数"),
    ),
    Column("note", gettext_noop("Note"), ("备注", "说明")),
)  # fmt: skip
