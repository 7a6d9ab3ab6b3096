"""Reads of sign-ups."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import connection, models

from volunteers.activities.queries import CALL_COLUMNS

if TYPE_CHECKING:
    from volunteers.signups.models import SignUp

_SHIFT = (
    "starts_at",
    "ends_at",
    "places",
    "taken",
    "waiting",
    "cancelled_at",
    "activity",
    "committee",
)
_OWN = (
    "id",
    "state",
    "asked_at",
    "offered_until",
    "ended_at",
    "reason",
    "added_reason",
    "team",
    "tells_place",
    "activity",
    "shift",
    "volunteer",
    "committee",
    "during",
)

__all__ = ["SignUpQuerySet", "phone_masks", "place_in_line"]


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Of people who have, are offered or wait for a place."""
        return self.filter(state__in=["placed", "waiting", "offered"])

    def waiting_in_order(self) -> Self:
        """Who waits, the first in line first."""
        return self.filter(state="waiting").order_by("pk")

    def expired_at(self, moment: datetime) -> Self:
        """Offers that nobody answered in time."""
        return self.filter(state="offered", offered_until__lte=moment)

    def placed_to_come(self, moment: datetime) -> Self:
        """With a place in shifts that have not ended by then; the next one first."""
        placed = self.filter(state="placed", shift__ends_at__gt=moment)
        return placed.order_by("shift__starts_at", "pk")

    def with_calls(self) -> Self:
        """With shift and what volunteers may read of the activity."""
        columns = [f"activity__{column.removesuffix('_id')}" for column in CALL_COLUMNS]
        return self.select_related("shift", "activity__committee").only(
            *_OWN, *columns, *(f"shift__{name}" for name in _SHIFT), "activity__committee__name"
        )

    def of_person(self, volunteer_id: int) -> Self:
        """Of that volunteer."""
        return self.filter(volunteer_id=volunteer_id)


def place_in_line(signup: SignUp) -> int:
    """The own place on the waiting list, 1 for the first; 0 for who does not wait.

    Others' sign-ups are hidden from the volunteer, so a function of the database counts them, and
    only for a sign-up of one's own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_place_in_line(%s)", [signup.pk])
        (place,) = cursor.fetchone()
    number: int = place
    return number


def phone_masks(shift_id: int) -> dict[int, str]:
    """Masked telephones of those who stand on the list of one's own shift, by sign-up. One query.

    A visitor's entry is hidden from the calling committee, so a function of the database gives the
    masks, and nothing else of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT signup, mask FROM volunteers_phone_masks(%s)", [shift_id])
        return dict(cursor.fetchall())
