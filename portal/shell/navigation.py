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
    (_("To do"), "home:home", "committees.view"),
    (_("Volunteers"), "registry:volunteer-list", "volunteers.view"),
    (_("Hours"), "hours:sheet-list", "hours.view"),
    (_("Organisations"), "ledger:organization-list", "organizations.view"),
    (_("Dashboards"), "dashboard:own-overview", "dashboard.view"),
    (_("Counter"), "counter:home", "counter.redeem"),
    (_("Redeemed"), "counter:redemption-list", "counter.redeem"),
    (_("My team"), "leading:home", "led.view"),
    (_("Members"), "leading:member-list", "led.view"),
    (_("My hours"), "own:home", "own.view"),
    (_("Activities"), "signups:call-list", "own.signup"),
    (_("Benefits"), "benefits:own-benefits", "own.benefit"),
    (_("My data"), "own:profile", "own.view"),
)
# Pages that belong to an entry whose address they do not share.
_BELONG = (
    ("/members/", "ledger:organization-list"),
    ("/teams/", "ledger:organization-list"),
    ("/committees/", "ledger:organization-list"),
    ("/activities/", "hours:sheet-list"),
    ("/projects/", "hours:sheet-list"),
    ("/stations/", "hours:sheet-list"),
    ("/imports/", "hours:sheet-list"),
    ("/desk/", "hours:sheet-list"),
    ("/transfers/", "registry:volunteer-list"),
    ("/transfers/own/", "own:profile"),
    ("/duplicates/", "registry:volunteer-list"),
    ("/duplicates/own/", "own:profile"),
    ("/exports/", "registry:volunteer-list"),
    ("/words/", "registry:volunteer-list"),
    ("/disclosures/", "registry:volunteer-list"),
    ("/bulk/", "registry:volunteer-list"),
    ("/requests/", "registry:volunteer-list"),
    ("/consent-texts/", "registry:volunteer-list"),
    ("/claims/", "registry:volunteer-list"),
    ("/rules/", "hours:sheet-list"),
    ("/own/sign-ups/", "signups:call-list"),
    ("/own/in/", "signups:call-list"),
    ("/own/codes/", "signups:call-list"),
    ("/own/teams/", "signups:call-list"),
    ("/own/calendar/", "signups:call-list"),
    ("/own/certificates/", "own:home"),
    ("/certificates/", "registry:volunteer-list"),
    ("/merchants/", "registry:volunteer-list"),
    ("/offers/", "registry:volunteer-list"),
    ("/stars/", "registry:volunteer-list"),
    ("/training/", "registry:volunteer-list"),
    ("/own/learning/", "own:home"),
    ("/own/data/", "own:profile"),
    ("/own/abilities/", "own:profile"),
    ("/own/emergency/", "own:profile"),
)


def navigation_for(actor: Actor, path: str) -> list[Entry]:
    """The entries that the actor may open; the one that ``path`` belongs to is active."""
    shown = [
        (label, name, reverse(name))
        for label, name, action in _ENTRIES
        if actor.user and actor.may(action)
    ]
    active = _entry_of(path, [(url, name) for _label, name, url in shown])
    return [Entry(str(label), url, name == active) for label, name, url in shown]


def _entry_of(path: str, addresses: list[tuple[str, str]]) -> str:
    """The URL name whose address is the longest beginning of ``path``; empty for none."""
    names = {name for _url, name in addresses}
    places = [*addresses, *(each for each in _BELONG if each[1] in names)]
    fitting = [(len(url), name) for url, name in places if path.startswith(url)]
    return max(fitting)[1] if fitting else ""
