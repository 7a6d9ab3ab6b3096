"""The columns of a ledger."""

from __future__ import annotations

from core.workbooks.errors import gettext_noop
from core.workbooks.shapes import Column

__all__ = ["LEDGER_COLUMNS"]

LEDGER_COLUMNS = (
    Column(
        "city", gettext_noop("City"), ("地市", "地级市", "市", "所属地市", "市州"), fill_down=True
    ),
    Column(
        "county",
        gettext_noop("County"),
        ("县（市、区）", "县市区", "县区", "区县", "县（市、区、旗）", "县级", "县级单位"),
        required=True,
    ),
    Column(
        "name",
        gettext_noop("Organisation's name"),
        ("团属志愿服务组织名称", "志愿服务组织名称", "组织名称", "县级团属志愿服务组织", "名称"),
        required=True,
    ),
    Column("kind", gettext_noop("Kind"), ("组织类型", "类型", "组织类别", "类别")),
    Column(
        "founded_on", gettext_noop("Founded on"), ("成立时间", "成立日期", "组建时间", "建立时间")
    ),
    Column(
        "standardised",
        gettext_noop("Standardised or not"),
        ("是否规范化建设", "是否规范化", "规范化建设", "规范化", "是否完成规范化建设"),
    ),
    Column(
        "registered",
        gettext_noop("Registered with civil affairs"),
        ("是否民政登记", "是否在民政部门登记", "民政登记", "民政注册", "是否登记注册", "是否注册"),
    ),
    Column(
        "responsible_person",
        gettext_noop("Responsible person"),
        ("负责人", "组织负责人", "负责人姓名", "会长"),
    ),
    Column(
        "reported_volunteers",
        gettext_noop("Volunteers reported"),
        ("注册志愿者数", "注册志愿者人数", "志愿者人数", "志愿者数", "注册人数"),
    ),
    Column("notes", gettext_noop("Notes"), ("备注", "说明", "情况说明")),
)
