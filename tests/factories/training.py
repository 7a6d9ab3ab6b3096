"""Courses and sessions."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from training.courses.models import Course
from training.sessions.models import Session

__all__ = ["CourseFactory", "SessionFactory"]


class CourseFactory(DjangoModelFactory[Course]):
    """A published course of two hours that is held for good."""

    class Meta:
        model = Course

    title = factory.Sequence(lambda n: f"岗前培训{n}")
    tier = "pre_service"
    outline = "志愿服务条例、服务礼仪、安全须知"
    minutes = 120
    state = "published"
    created_by_label = "录入"


class SessionFactory(DjangoModelFactory[Session]):
    """In a week, two hours, open, with one place."""

    class Meta:
        model = Session

    course = factory.SubFactory(CourseFactory)
    committee = factory.SelfAttribute("course.committee")
    mode = "place"
    place = "团委会议室"
    teacher = "讲师"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    places = 1
    enrolment = "open"
    created_by_label = "录入"
