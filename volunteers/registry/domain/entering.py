"""Whom staff mean by what they type: a portal number or a name of their own scope."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from volunteers.registry.models import Volunteer

__all__ = ["entries_in", "person_entered"]

_BETWEEN = re.compile(r"[\r\n,，、;；]+")


def entries_in(text: str) -> list[str]:
    """What was typed one a line, or with commas between."""
    return [entry for entry in _BETWEEN.split(text.strip()) if entry.strip()]


def person_entered(entry: str, *, field: str) -> Volunteer:
    """The one person whose portal number or name ``entry`` is, of those within the actor's scope.

    Raises `Refusal` beside ``field`` where it is nobody's or several people's.
    """
    entry = entry.strip()
    named = {"number": entry} if entry.isdigit() else {"name": entry}
    found = list(Volunteer.objects.filter(**named).standing()[:2])
    if len(found) == 1:
        return found[0]
    message = (
        _("There are several people called {entry}. Enter the portal number.")
        if found
        else _("Nobody here is called {entry} or has that portal number.")
    )
    code = "several" if found else "unknown"
    raise Refusal(message.format(entry=entry[:50]), code=code, field=field)
