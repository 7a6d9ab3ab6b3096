"""Training of the demonstration: courses of the province, one of them held by the county."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from training.courses.domain import CourseFacts, publish_course, write_course
from training.courses.models import Course
from training.sessions.domain import SessionFacts, assign_people, plan_session
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = ["teach"]

_OUTLINE = (
    "一、志愿服务条例与志愿者的权利义务\n二、服务礼仪与沟通\n"
    "三、安全须知与应急处置\n四、时长记录与证明"
)
_COURSES: tuple[dict[str, Any], ...] = (
    {"title": "志愿者岗前通识", "tier": "pre_service", "outline": _OUTLINE, "minutes": 120},
    {
        "title": "应急救护实训",
        "tier": "in_service",
        "outline": "心肺复苏、止血包扎、搬运；实操考核合格方可参加应急类活动。",
        "minutes": 360,
        "valid_months": 36,
    },
    {
        "title": "“领头雁”组织负责人专训",
        "tier": "specialised",
        "outline": "组织规范化建设、项目策划、团队管理、志愿服务数据规范。",
        "minutes": 960,
        "counts_for_post": True,
    },
)
_SENT = 6


def teach(*, province: Actor, county: Actor) -> None:
    """Three published courses; two sessions to come, one of them with people sent to it. Once."""
    with acting_as(province.scope):
        if Course.objects.exists():
            return
        courses = [
            publish_course(write_course(CourseFacts(**given), actor=province), actor=province)
            for given in _COURSES
        ]
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    with acting_as(county.scope):
        sessions = []
        for course, days, enrolment in ((courses[1], 16, "approval"), (courses[0], 9, "open")):
            begins = start + timedelta(days=days)
            facts = SessionFacts(
                mode="place",
                place="清城区青少年宫二楼",
                teacher="市志愿者学院讲师",
                starts_at=begins,
                ends_at=begins + timedelta(minutes=course.minutes),
                places=40,
                enrolment=enrolment,
            )
            sessions.append(plan_session(course, facts, actor=county))
        own = Volunteer.objects.below(county.scope.committee).filter(state=VolunteerState.ACTIVE)
        numbers = list(own.order_by("-pk").values_list("number", flat=True)[:_SENT])
        if numbers:
            assign_people(sessions[-1], numbers, actor=county)
