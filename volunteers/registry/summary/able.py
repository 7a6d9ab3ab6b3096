"""Who can do what, where and when: “first aid, in these three townships, on Saturday”."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.ages import latest_birth_date
from volunteers.registry.models import Volunteer
from volunteers.registry.queries import VolunteerQuerySet, tier_filter
from volunteers.vocabulary.models import Term, TermKind, VolunteerTerm

__all__ = ["Wanted", "abilities_of", "free_words", "half_days", "people_able", "words_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; what is empty narrows nothing.

    ``places`` are path keys, any of which will do. All ``terms`` (ids) are needed, licences valid
    on the day ``on``; of ``times`` (ids of half-days) any will do. Ages are full years on that day.
    """

    places: Sequence[str]
    on: date
    terms: Collection[int] = ()
    times: Collection[int] = ()
    youngest: int | None = None
    oldest: int | None = None


def people_able(wanted: Wanted) -> VolunteerQuerySet:
    """Those who serve and fit. Equalities only, so that each can use its index under policies."""
    here = Q()
    for path in wanted.places:
        here |= tier_filter(path)
    found = Volunteer.objects.active().filter(here)
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=wanted.on)
    for term in wanted.terms:
        having = VolunteerTerm.objects.filter(here, valid, term_id=term)
        found = found.filter(pk__in=having.values("volunteer_id"))
    if wanted.times:
        free = VolunteerTerm.objects.filter(here, term_id__in=wanted.times)
        found = found.filter(pk__in=free.values("volunteer_id"))
    if wanted.youngest is not None:
        found = found.filter(birth_date__lte=latest_birth_date(wanted.youngest, wanted.on))
    if wanted.oldest is not None:
        found = found.filter(birth_date__gt=latest_birth_date(wanted.oldest + 1, wanted.on))
    return found


def half_days(on: date, part: str = "") -> list[int]:
    """The words for the parts of that day of the week; ``part`` is morning, afternoon, evening."""
    day = on.isoweekday()
    parts = [part] if part else ["morning", "afternoon", "evening"]
    codes = [f"{day}-{each}" for each in parts]
    found = Term.objects.of_kind(TermKind.TIME).filter(code__in=codes)
    return list(found.values_list("pk", flat=True))


def words_of(volunteer: Volunteer) -> list[str]:
    """The person's skills: the list's words, then what it has no word for."""
    held = VolunteerTerm.objects.of_volunteer(volunteer.pk).filter(term__kind=TermKind.SKILL)
    return [*(each.term.name for each in held), *free_words(volunteer)]


def abilities_of(volunteer: Volunteer) -> list[tuple[str, list[str]]]:
    """What holds for the person, as a label and its words for each kind; two queries."""
    held = VolunteerTerm.objects.by_kind(volunteer.pk)
    found = []
    for kind in TermKind:
        words = [_with_day(each) for each in held.get(kind, [])]
        if kind == TermKind.SKILL:
            words += free_words(volunteer)
        if words:
            found.append((str(kind.label), words))
    return found


def _with_day(held: VolunteerTerm) -> str:
    if held.valid_until is None:
        return held.term.name
    until = (
        _("{licence} (until {day})")
        if held.valid_until >= timezone.localdate()
        else _("{licence} (run out on {day})")
    )
    return until.format(licence=held.term.name, day=held.valid_until.isoformat())


def free_words(volunteer: Volunteer) -> list[str]:
    """Skills that were once written for the person and that the list has no word for."""
    skills = Term.objects.of_kind(TermKind.SKILL)
    listed = {word for term in skills for word in (term.name, *term.also)}
    return [word for word in volunteer.skills if word not in listed]
