"""Reads of transfers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import connection, models

from core.identity.ages import ADULT_AGE, latest_birth_date
from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from volunteers.transfers.models import Transfer

__all__ = ["TargetPlace", "TransferQuerySet", "places_named"]


class TargetPlace(NamedTuple):
    """A committee that a volunteer may belong to."""

    code: str
    full_name: str


def places_named(words: str) -> list[TargetPlace]:
    """Open committees at the bottom, anywhere, whose name, pinyin or code begins so; 20 at most.

    Names and codes of committees are public; the function looks past the policies for them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, full_name FROM volunteers_transfer_places(%s)", [words])
        return [TargetPlace(*row) for row in cursor.fetchall()]


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Filters that compose."""

    def waiting(self) -> Self:
        """Still to be answered by the receiving committee."""
        return self.filter(state="waiting")

    def for_guardians(self) -> Self:
        """Of somebody under 18 whose guardian has not answered yet."""
        return self.waiting().filter(guardian="asked")

    def outgrown(self, today: date) -> Self:
        """Whose guardian was asked and who has come of age since: the person is asked instead."""
        of_age = latest_birth_date(ADULT_AGE, today)
        return self.for_guardians().filter(volunteer__birth_date__lte=of_age)

    def to(self, path: str) -> Self:
        """Which that committee or one under it would receive; an empty key matches nothing."""
        return self.filter(at_or_below(path, key="destination_id"))

    def answered_to(self, path: str, *, since: datetime) -> Self:
        """Which that committee, or one under it, had asked for and that were answered since."""
        mine = self.filter(at_or_below(path, key="origin_id"))
        return mine.filter(
            asked_side="origin", state__in=["done", "refused"], answered_at__gte=since
        )

    def of_person(self, volunteer_id: int) -> Self:
        """Of that volunteer."""
        return self.filter(volunteer_id=volunteer_id)
