"""The chips above the list of volunteers, with their counts where these are cheap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.identity.ages import age_on
from core.web.addresses import options_of
from organizations.committees.models import Committee
from volunteers.registry.models import VolunteerState
from volunteers.registry.queries import AgeBand, ClaimBand, HoursBand, PauseBand
from volunteers.registry.summary import expected_hours, skills_in_use, volunteers_asked

__all__ = ["filters_of_list"]

# Counted exactly up to here and not at all beyond: a county is not read for a number on a chip.
_MOST_COUNTED = 1_000
Counts = Mapping[str, int] | None


def filters_of_list(
    request: HttpRequest, committee: Committee, asked: dict[str, str], *, total: int
) -> list[dict[str, Any]]:
    """Groups of chips; states and ages say how many of the others' choice they would show.

    ``total`` people are asked for by all of them together: where that is many, they don't.
    """
    skills = [(skill, skill) for skill in skills_in_use(committee.path)]
    if asked["skill"] and (asked["skill"], asked["skill"]) not in skills:
        skills.append((asked["skill"], asked["skill"]))
    hours = HoursBand.choices if asked["hours"] or expected_hours(committee.path) else []
    groups = [
        (_("Age"), "age", AgeBand.choices),
        (_("State"), "state", _shown_states()),
        (pgettext("filter", "Pause"), "pause", PauseBand.choices),
        (pgettext("filter", "Claim"), "claim", ClaimBand.choices),
        (pgettext("filter", "Hours"), "hours", hours),
        (_("Skill"), "skill", skills),
    ]
    counts = _counts(committee.path, asked) if total <= _MOST_COUNTED else {}
    filters = [
        {
            "label": label,
            "options": options_of(
                request, name, choices, chosen=asked[name], counts=counts.get(name)
            ),
        }
        for label, name, choices in groups
        if choices
    ]
    if places := _places(request, committee):
        filters.insert(0, places)
    return filters


def _places(request: HttpRequest, committee: Committee) -> dict[str, Any] | None:
    children = Committee.objects.children_of(committee.path).existing_on(timezone.localdate())
    places = list(children.order_by("path").values_list("code", "name"))
    if not places:
        return None
    here, *below = options_of(request, "committee", places, chosen="")
    # All of the place shown: one step up is a chip of its own.
    here["url"] = request.get_full_path()
    return {"label": _("Place"), "options": [here, *below]}


def _shown_states() -> list[tuple[str, Any]]:
    """Entries that were sealed away are in no list."""
    return [each for each in VolunteerState.choices if each[0] != VolunteerState.ERASED]


def _counts(path: str, asked: dict[str, str]) -> dict[str, Counts]:
    """Of states and ages; each without its own filter. One short read, or two where one is set."""
    if asked["hours"]:
        # Summed person by person: a thousand of them are no cheap number.
        return {}
    today = timezone.localdate()
    kinds: dict[str, Callable[[str, date], str]] = {
        "state": lambda state, _born: state,
        "age": lambda _state, born: _band(born, today),
    }
    read: dict[tuple[tuple[str, str], ...], list[tuple[str, date]] | None] = {}
    counts: dict[str, Counts] = {}
    for name, kind_of in kinds.items():
        others = {key: value for key, value in asked.items() if key != name and value}
        key = tuple(sorted(others.items()))
        if key not in read:
            read[key] = _few(path, others)
        rows = read[key]
        counts[name] = None if rows is None else Counter(kind_of(*row) for row in rows)
    return counts


def _few(path: str, asked: Mapping[str, str]) -> list[tuple[str, date]] | None:
    """State and birth date of everybody asked for; None where there are too many to count."""
    found = volunteers_asked(asked, below=path).values_list("state", "birth_date")
    rows = list(found[: _MOST_COUNTED + 1])
    return rows if len(rows) <= _MOST_COUNTED else None


def _band(born: date, today: date) -> str:
    age = age_on(born, today)
    for band in AgeBand:
        youngest, oldest = band.ages
        if age >= youngest and (oldest is None or age <= oldest):
            return band.value
    return ""
