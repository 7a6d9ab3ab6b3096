"""Drafts of hours."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from volunteers.desk.models import Draft, DraftRow

__all__ = ["DraftFactory", "DraftRowFactory"]


class DraftFactory(DjangoModelFactory[Draft]):
    """An open draft of an afternoon, without rows."""

    class Meta:
        model = Draft

    title = factory.Sequence(lambda n: f"草稿 {n}")
    activity = "敬老院探访"
    date = "2026-05-16"
    start = "14:00"
    end = "16:00"
    evidence = "签到表照片"
    created_by_label = "录入员"
    changed_by_label = "录入员"
    changed_at = datetime(2026, 6, 1, tzinfo=UTC)


class DraftRowFactory(DjangoModelFactory[DraftRow]):
    """A row that names nobody yet."""

    class Meta:
        model = DraftRow

    draft = factory.SubFactory(DraftFactory)
    committee = factory.SelfAttribute("draft.committee")
    key = factory.LazyFunction(uuid4)
    position = factory.Sequence(float)
    revision = 1
    typed_revision = 1
    changed_by_label = "录入员"
