"""Hours of training beside hours of service (Civil Affairs order 67, article 8)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import pgettext

from core.web.figures import hours_text
from training.sessions.models import Enrolment
from volunteers.own.summary import Glance, glance

__all__: list[str] = []


@glance("training")
def _training(volunteer_id: int) -> Glance:
    minutes = Enrolment.objects.of_person(volunteer_id).minutes_trained()
    return Glance(
        label=pgettext("volunteer", "Training"),
        value=hours_text(minutes),
        unit=pgettext("unit", "hours"),
        detail="",
        url=reverse("learning:own-learning"),
    )
