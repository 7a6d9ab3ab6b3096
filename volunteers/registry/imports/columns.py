"""The columns of a roster, and the words by which offices head them."""

from __future__ import annotations

from core.workbooks import Column
from core.workbooks.errors import gettext_noop

__all__ = ["ROSTER_COLUMNS"]

ROSTER_COLUMNS = (
    Column("name", gettext_noop("Name"), ("姓名", "志愿者姓名", "名字"), required=True),
    Column("gender", gettext_noop("Gender"), ("性别",)),
    Column(
        "id_number",
        gettext_noop("Identity number"),
        ("身份证号", "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码"),
        required=True,
    ),
    Column(
        "phone",
        gettext_noop("Telephone"),
        ("联系电话", "手机号", "手机号码", "手机", "电话", "联系方式", "电话号码"),
        required=True,
    ),
    Column("political_status", gettext_noop("Political status"), ("政治面貌",)),
    Column(
        "township",
        gettext_noop("Township"),
        (
            "所属镇街", "所属镇", "所属乡镇", "镇街", "镇", "乡镇", "街道", "镇街道", "乡镇街道",
            "所属乡镇街道", "所属街道", "所在镇街", "所在乡镇",
        ),
        fill_down=True,
    ),
    Column("skills", gettext_noop("Skills"), ("服务专长", "专长", "特长", "技能", "专业特长")),
    Column(
        "registered_on",
        gettext_noop("Registered on"),
        ("注册时间", "注册日期", "登记时间", "登记日期", "加入时间"),
    ),
    Column("guardian_name", gettext_noop("Guardian"), ("监护人", "监护人姓名", "家长姓名")),
    Column(
        "guardian_phone",
        gettext_noop("Guardian's telephone"),
        ("监护人电话", "监护人联系电话", "监护人手机", "监护人手机号", "家长电话"),
    ),
)  # fmt: skip
