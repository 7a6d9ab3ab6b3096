"""Stars on a volunteer's first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from incentives.stars.summary import standing_of
from volunteers.own.summary import Glance, glance

__all__: list[str] = []


@glance("stars")
def _stars(volunteer_id: int) -> Glance:
    standing = standing_of(volunteer_id)
    way = _("{hours} h to the next").format(hours=standing.missing_hours)
    return Glance(
        label=pgettext("volunteer", "Star volunteer"),
        value=str(standing.stars),
        unit=ngettext("star", "stars", standing.stars),
        detail=way if standing.next_star else "",
        url=reverse("benefits:own-benefits"),
    )
