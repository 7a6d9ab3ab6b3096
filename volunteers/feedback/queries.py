"""Reads of feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import connection, models

if TYPE_CHECKING:
    from volunteers.feedback.models import Feedback

__all__ = ["FEWEST_SHOWN", "FeedbackQuerySet", "Heard", "heard_of"]

# Below that a count would tell who said it; the function of the database knows the same number.
FEWEST_SHOWN = 3


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Filters that compose."""

    def of_side(self, side: str) -> Self:
        """Said by that side."""
        return self.filter(side=side)

    def of_person(self, volunteer_id: int | None) -> Self:
        """By or about that volunteer."""
        return self.filter(volunteer=volunteer_id or 0)


class Heard(NamedTuple):
    """What volunteers said of an activity, without names; only ``answered`` of fewer than three."""

    answered: int
    good: int
    fair: int
    poor: int
    lines: list[str]

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered."""
        return self.answered >= FEWEST_SHOWN


def heard_of(activity_id: int) -> Heard:
    """Of an activity of the reader's committee; nothing of any other. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM volunteers_feedback_heard(%s)", [activity_id])
        return Heard(*cursor.fetchone())
