"""A preview in words: who is left out and why, and what stands before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organizations.committees.models import Committee
from volunteers.bulk.domain.judging import STATE_OF_KIND, Wanted
from volunteers.bulk.domain.previewing import Preview
from volunteers.bulk.models import BulkKind
from volunteers.bulk.summary import WHY_TEXTS
from volunteers.registry.models import Volunteer

__all__ = ["LeftOut", "before_and_after", "left_out"]

_NAMED = 10


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many are left out for one reason, and the first of them."""

    why: str
    text: str
    number: int
    people: list[Volunteer]

    @property
    def more(self) -> int:
        """How many are counted but not named."""
        return self.number - len(self.people)


def left_out(preview: Preview) -> list[LeftOut]:
    """By reason, the most frequent first."""
    groups = [
        LeftOut(why, str(WHY_TEXTS[why]), len(all_of), [each.person for each in all_of[:_NAMED]])
        for why, all_of in preview.left.items()
    ]
    return sorted(groups, key=lambda group: -group.number)


def before_and_after(people: Iterable[Volunteer], wanted: Wanted) -> Iterator[tuple[str, str]]:
    """For each person what stands there and what will."""
    everybody = list(people)
    if wanted.destination is not None:
        paths = {person.committee_id for person in everybody}
        names = dict(Committee.objects.filter(path__in=paths).values_list("path", "name"))
        for person in everybody:
            yield names.get(person.committee_id, ""), wanted.destination.name
    elif wanted.term is not None:
        name = wanted.term.name
        adds = wanted.kind == BulkKind.ADD_WORD
        yield from [("–", name) if adds else (name, "–")] * len(everybody)
    else:
        after = STATE_OF_KIND[wanted.kind].label
        for person in everybody:
            yield person.get_state_display(), str(after)
