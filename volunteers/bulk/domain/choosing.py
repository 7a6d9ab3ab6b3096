"""Who was chosen: rows that were ticked, or all whom a list's filters fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import filters_given, volunteers_asked

__all__ = ["MOST_PEOPLE", "Choice", "people_chosen"]

# More than anybody looks through; one transaction changes them all.
MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Portal numbers that were ticked, or else the filters of the list below a committee's key."""

    below: str
    numbers: Sequence[str] = ()
    asked: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def given(cls, data: QueryDict, *, below: str) -> Choice:
        """As the list of volunteers sends it; what makes no sense narrows nothing."""
        ticked = data.getlist("selected")
        asked = {} if ticked else filters_given({name: str(data[name]) for name in data})
        return cls(below=below, numbers=ticked, asked=asked)

    def carried(self) -> Iterator[tuple[str, str]]:
        """Names and values that go along from page to page."""
        yield from (("selected", number) for number in self.numbers)
        yield from self.asked.items()


def people_chosen(choice: Choice, *, reach: str) -> tuple[list[Volunteer], int]:
    """The people within ``reach`` in the order of their keys, and how many numbers are not theirs.

    Raises `Refusal` for nobody and for more than `MOST_PEOPLE`.
    """
    if choice.numbers:
        numbers = set(choice.numbers)
        found = Volunteer.objects.below(reach).filter(number__in=numbers)
    else:
        numbers = set()
        found = volunteers_asked(choice.asked, below=choice.below)
    people = list(found.order_by("pk")[: MOST_PEOPLE + 1])
    if len(people) > MOST_PEOPLE:
        message = _("That are more than {most} people. Narrow the list and change it in parts.")
        raise Refusal(message.format(most=f"{MOST_PEOPLE:,}"), code="too_many")
    if not people:
        message = _("Nobody of your committee is chosen. Tick rows of the list, or narrow it.")
        raise Refusal(message, code="nobody")
    return people, max(0, len(numbers) - len(people))
