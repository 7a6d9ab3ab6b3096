"""What is known of people besides their entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from volunteers.registry.models import Volunteer

__all__ = ["YearOfHours", "hours_by_year", "skills_in_use"]

# A sample of the newest is enough to offer a choice; counting all would read every row.
_SAMPLE = 500
_MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class YearOfHours:
    """Confirmed service of one year."""

    year: int
    minutes: int
    records: int


def hours_by_year(volunteer: Volunteer) -> list[YearOfHours]:
    """Newest year first; only what the actor's committee and those below it have recorded."""
    years = (
        volunteer.records.confirmed()
        .values(year=ExtractYear("served_on"))
        .annotate(minutes=Sum("minutes"), records=Count("pk"))
        .order_by("-year")
    )
    return [YearOfHours(row["year"], row["minutes"], row["records"]) for row in years]


def skills_in_use(path: str) -> list[str]:
    """The skills that people below ``path`` have most often, for a choice in the filters."""
    newest: Iterable[list[str]] = (
        Volunteer.objects.below(path).order_by("-pk").values_list("skills", flat=True)[:_SAMPLE]
    )
    counted = Counter(skill for skills in newest for skill in skills)
    return [skill for skill, _count in counted.most_common(_MOST_OFFERED)]
