"""The entries of the navigation: five at most for a role, in the words of the job."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.accounts.actors import Actor

__all__ = ["Entry", "navigation_for"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation."""

    label: str
    url: str
    active: bool


# Label, URL name, action that shows the entry.
_ENTRIES = (
    (_("Volunteers"), "registry:volunteer-list", "volunteers.view"),
    (_("Hours"), "hours:sheet-list", "hours.view"),
    (_("Dashboards"), "dashboard:own-overview", "dashboard.view"),
    (_("Organisations"), "ledger:organization-list", "organizations.view"),
    (_("My hours"), "own:home", "own.view"),
    (_("My data"), "own:profile", "own.view"),
)


def navigation_for(actor: Actor, path: str) -> list[Entry]:
    """The entries that the actor may open; the one whose address begins ``path`` is active."""
    entries = [
        (label, reverse(name))
        for label, name, action in _ENTRIES
        if actor.user and actor.may(action)
    ]
    return [
        Entry(str(label), url, path == url or (url != "/" and path.startswith(url)))
        for label, url in entries
    ]
