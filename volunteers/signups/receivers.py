"""What happens to sign-ups when an activity is called off."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from volunteers.activities.models import Activity
from volunteers.activities.signals import activity_cancelled
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["end_sign_ups_of_cancelled"]


@receiver(activity_cancelled, sender=Activity)
def end_sign_ups_of_cancelled(activity: Activity, **_signal: Any) -> None:
    """Everybody is free for another shift at that time, and reads why."""
    SignUp.objects.filter(activity=activity).standing().update(
        state=SignUpState.REMOVED,
        ended_at=timezone.now(),
        offered_until=None,
        reason=activity.reason,
    )
