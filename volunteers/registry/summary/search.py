"""One box that finds a person: by name, pinyin, telephone, identity number or portal number."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import Enum, auto

from django.db.models import Q

from core.identity.names import normalize_name
from core.identity.phones import InvalidPhone, normalize_phone
from core.identity.text import plain_text
from volunteers.registry.models import Volunteer, VolunteerIdentity
from volunteers.registry.queries import VolunteerQuerySet

__all__ = ["Sought", "sought_by", "volunteers_matching"]

_BETWEEN = re.compile(r"[\s\-'’]")
# Digits with at most a few letters: portal number, telephone, identity number, passport.
_NUMBER = re.compile(r"\+?(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]+")
_LETTERS = re.compile(r"[A-Za-z]+")
_SHORTEST_DOCUMENT = 5
# A telephone of an office or a school may be that of many.
_MOST_IDENTIFIED = 200


class Sought(Enum):
    """What a text is taken for."""

    NOTHING = auto()
    NUMBER = auto()
    SPELLING = auto()
    NAME = auto()


def sought_by(words: str) -> Sought:
    """What the words in the search box are taken for."""
    text = _compact(words)
    if not text:
        return Sought.NOTHING
    if _NUMBER.fullmatch(text):
        return Sought.NUMBER
    return Sought.SPELLING if _LETTERS.fullmatch(text) else Sought.NAME


def volunteers_matching(words: str, *, below: str) -> VolunteerQuerySet:
    """Those of the committee ``below`` (a path key) or under it whom the words may mean.

    A name or its pinyin by the beginning, numbers whole: identifiers are sealed, and are found by
    their blind index alone. Nothing typed narrows nothing. Every comparison can use its index under
    row-level security; a number costs one query of its own.
    """
    found = Volunteer.objects.below(below).standing()
    match sought_by(words):
        case Sought.NOTHING:
            return found
        case Sought.NUMBER:
            number = _compact(words)
            identified = _identified(number)
            merged = Volunteer.objects.below(below).filter(merged_into__isnull=False)
            into = merged.filter(Q(number=number) | Q(pk__in=identified)).values("merged_into_id")
            return found.filter(Q(number=number) | Q(pk__in=identified) | Q(pk__in=into))
        case Sought.SPELLING:
            return found.spelt(_compact(words))
        case Sought.NAME:
            return found.named(normalize_name(words))


def _identified(number: str) -> list[int]:
    """Whose document or telephone that is, within the actor's scope."""
    identities = VolunteerIdentity.objects.none()
    if len(number) >= _SHORTEST_DOCUMENT:
        identities = VolunteerIdentity.objects.with_number(number.upper())
    # What is no telephone is nobody's.
    with suppress(InvalidPhone):
        identities |= VolunteerIdentity.objects.with_phone(normalize_phone(number))
    return list(identities.order_by("-pk").values_list("pk", flat=True)[:_MOST_IDENTIFIED])


def _compact(words: str) -> str:
    return _BETWEEN.sub("", plain_text(words))
