"""What a volunteer comes to next."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from volunteers.signups.models import SignUp

__all__ = ["next_shift"]

# What is further away is no reason to open the portal.
_SOON = timedelta(days=7)


def next_shift(volunteer_id: int) -> SignUp | None:
    """The place in the shift that runs or begins next within a week. One query."""
    now = timezone.now()
    mine = SignUp.objects.of_person(volunteer_id).placed_to_come(now).with_calls()
    return mine.filter(shift__starts_at__lt=now + _SOON).first()
