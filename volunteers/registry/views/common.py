"""What the registry's pages share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from organizations.accounts.scopes import actor_of
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = ["STATE_TONES", "UNPROCESSABLE", "page_of_volunteer", "volunteer_of"]

# A form that is not taken: the scope keeps nothing of what went before the refusal.
UNPROCESSABLE = 422
STATE_TONES = {
    VolunteerState.ACTIVE: "active",
    VolunteerState.PAUSED: "waiting",
    VolunteerState.WITHDRAWN: "draft",
    VolunteerState.MERGED: "draft",
    VolunteerState.ERASED: "draft",
}


def volunteer_of(request: HttpRequest, number: str) -> Volunteer:
    """The volunteer with that portal number, within one's own committee; 404 for any other.

    The number of an entry that was merged leads to the one that stays.
    """
    within = Volunteer.objects.below(actor_of(request).scope.committee)
    within = within.select_related("committee")
    found = get_object_or_404(within, number=number)
    if found.merged_into_id is not None:
        return get_object_or_404(within, pk=found.merged_into_id)
    return found


def page_of_volunteer(volunteer: Volunteer) -> HttpResponse:
    """Leads back to the person's page."""
    return redirect("registry:volunteer-detail", number=volunteer.number)
