"""What every page's frame shows: who acts, for which committee, and the way around."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from organizations.accounts.scopes import actor_of
from portal.shell.navigation import navigation_for

__all__ = ["shell"]


def shell(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``navigation`` (list of label, url, active) and ``portal_name``."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "navigation": navigation_for(actor, request.path),
        "portal_name": _("Volunteer portal"),
    }
