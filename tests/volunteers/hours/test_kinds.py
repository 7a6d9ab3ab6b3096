"""From an activity's title to its kind of service."""

from __future__ import annotations

import pytest

from volunteers.hours.kinds import kind_of_activity
from volunteers.hours.models import ServiceKind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("河小青巡河护水", ServiceKind.ENVIRONMENT),
        ("敬老院探访", ServiceKind.ELDERLY),
        ("朝阳行动课业辅导", ServiceKind.CHILDREN),
        ("阳光行动助残服务", ServiceKind.DISABILITY),
        ("文明交通劝导", ServiceKind.ORDER),
        ("乡村振兴直播助农", ServiceKind.COMMUNITY),
        ("龙舟赛现场秩序维护", ServiceKind.ORDER),
        ("马拉松赛事服务", ServiceKind.EVENTS),
        ("三防应急值守", ServiceKind.EMERGENCY),
        ("青春志愿行", ServiceKind.OTHER),
        ("", ServiceKind.OTHER),
    ],
)
def test_title_tells_the_kind(title: str, kind: ServiceKind) -> None:
    assert kind_of_activity(title) == kind
