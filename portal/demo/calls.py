"""What the demonstration calls volunteers for: brand projects, a station, weeks of patrols."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from volunteers.activities.domain import (
    Call,
    add_shift,
    approve_activity,
    create_activity,
    submit_activity,
)
from volunteers.activities.models import Activity
from volunteers.hours.models import ServiceKind
from volunteers.projects.domain import Outline, start_project
from volunteers.stations.domain import Facts, open_station

__all__ = ["call_volunteers"]

_PROJECTS = (
    Outline(name="朝阳行动", summary="陪伴农村留守儿童，辅导课业。"),
    Outline(name="阳光行动", summary="为残疾人及其家庭提供帮助。"),
    Outline(name="金晖行动", summary="探望老人，陪伴聊天，教用手机。"),
    Outline(name="河小青", summary="巡河护水，清理河岸，宣传节水。"),
)
_STATION = Facts(
    name="北江东岸志愿服务驿站",
    address="清城区北江东路",
    keeper="清城区团委",
    keeper_phone="0763-0000000",
    hours=(*["9:00-12:00 14:30-17:30"] * 5, "9:00-12:00", ""),
    hours_note="法定节假日不开放",
    latitude=23.69462,
    longitude=113.05781,
)
_PATROL = Call(
    title="河小青巡河护水",
    kind=ServiceKind.ENVIRONMENT,
    content="沿北江东岸清理垃圾，劝导不文明行为。请自备饮用水，穿平底鞋。",
    place="北江东岸（清城区段）",
    responsible_person="清城区团委",
    responsible_phone="0763-0000000",
    risks="河边湿滑，请勿下水；雷雨天气改期。",
    insured=True,
    youngest=16,
)


def call_volunteers(*, province: Actor, recorder: Actor, secretary: Actor) -> None:
    """The county calls for next weeks' river patrols; its secretary publishes them. Done once."""
    with acting_as(secretary.scope):
        if Activity.objects.exists():
            return
        station = open_station(_STATION, actor=secretary)
    with acting_as(province.scope):
        *_others, project = [start_project(each, actor=province) for each in _PROJECTS]
    with acting_as(recorder.scope):
        framed = replace(_PATROL, project_id=project.pk, station_id=station.pk)
        activity = create_activity(framed, actor=recorder)
        first = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
        for week in range(1, 4):
            starts_at = first + timedelta(weeks=week)
            ends_at = starts_at + timedelta(hours=2)
            add_shift(
                activity,
                actor=recorder,
                starts_at=starts_at,
                ends_at=ends_at,
                places=week,
                reserve=5,
            )
        submit_activity(activity, actor=recorder)
    with acting_as(secretary.scope):
        approve_activity(activity, actor=secretary)
