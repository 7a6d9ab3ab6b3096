"""Days with their weekday; stretches past midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from core.web.moments import moment_text, stretch_text

EVENING = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)


def test_moment_says_its_weekday() -> None:
    with translation.override("zh-hans"):
        assert moment_text(EVENING) == "2026-11-28 周六 22:00"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (1, "2026-11-28 周六 22:00–23:00"),
        (2, "2026-11-28 周六 22:00–次日 00:00"),
        (8, "2026-11-28 周六 22:00–次日 06:00"),
        (24, "2026-11-28 周六 22:00–次日 22:00"),
        (26, "2026-11-28 周六 22:00–2026-11-30 周一 00:00"),
    ],
)
def test_stretch_past_midnight_says_so(hours: int, said: str) -> None:
    with translation.override("zh-hans"):
        assert stretch_text(EVENING, EVENING + timedelta(hours=hours)) == said
