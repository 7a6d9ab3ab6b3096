"""Reads of the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from volunteers.vocabulary.models import Term, VolunteerTerm

__all__ = ["TermQuerySet", "VolunteerTermQuerySet"]


class TermQuerySet(models.QuerySet["Term"]):
    """Filters that compose."""

    def offered(self) -> Self:
        """Those to choose, in the province's order."""
        return self.filter(retired=False).in_order()

    def in_order(self) -> Self:
        """Kind by kind, in the province's order."""
        return self.order_by("kind", "position", "pk")

    def of_kind(self, kind: str) -> Self:
        """Skills, languages and so on."""
        return self.filter(kind=kind)

    def meaning(self, words: Iterable[str]) -> list[Term]:
        """The skills that the words mean, by their name or another word for them."""
        sought = set(words)
        skills = self.of_kind("skill")
        return [term for term in skills if sought.intersection([term.name, *term.also])]

    def listed(self, words: Iterable[str]) -> list[str]:
        """The skills as the list calls them, in its order, then those that it has no word for."""
        written = list(words)
        terms = self.in_order().meaning(written)
        known = {word for term in terms for word in (term.name, *term.also)}
        return [*(term.name for term in terms), *(w for w in written if w not in known)]


class VolunteerTermQuerySet(models.QuerySet["VolunteerTerm"]):
    """Filters that compose."""

    def of_volunteer(self, volunteer_id: int) -> Self:
        """What holds for one person, with the words, in their order."""
        found = self.filter(volunteer_id=volunteer_id).select_related("term")
        return found.order_by("term__position", "term_id")

    def by_kind(self, volunteer_id: int) -> dict[str, list[VolunteerTerm]]:
        """What holds for one person, kind by kind."""
        found: dict[str, list[VolunteerTerm]] = defaultdict(list)
        for each in self.of_volunteer(volunteer_id):
            found[each.term.kind].append(each)
        return dict(found)
