"""What is known of people besides their entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.core.cache import caches
from django.db.models import Count, F, Func, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from core.tenancy.scope import current_scope
from core.web.figures import MINUTES_OF_AN_HOUR
from organizations.rules.summary import rules_for
from volunteers.registry.models import Volunteer
from volunteers.registry.queries import VolunteerQuerySet
from volunteers.registry.rules import ANNUAL_MINIMUM

__all__ = [
    "AnnualMinimum",
    "YearOfHours",
    "annual_minimum",
    "below_annual_minimum",
    "expected_hours",
    "hours_by_year",
    "served_this_year",
    "skills_in_use",
]

# A sample of the newest is enough to offer a choice; counting all would read every row.
_SAMPLE = 500
_MOST_OFFERED = 12
_REMEMBERED_SECONDS = 600


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


@dataclass(frozen=True, slots=True)
class AnnualMinimum:
    """What the province expects of a year, and what is confirmed of this one so far."""

    hours: int
    minutes: int

    @property
    def missing(self) -> int:
        """Minutes that lack; 0 when enough is served."""
        return max(0, self.hours * MINUTES_OF_AN_HOUR - self.minutes)


def served_this_year(years: Iterable[YearOfHours]) -> int:
    """Minutes."""
    this_year = timezone.localdate().year
    return next((year.minutes for year in years if year.year == this_year), 0)


def annual_minimum(path: str, *, served: int) -> AnnualMinimum | None:
    """The minutes ``served`` this year beside what the committee with that key expects.

    None where nothing is expected. Shown, never enforced. One query.
    """
    expected = expected_hours(path)
    return AnnualMinimum(expected, served) if expected else None


def expected_hours(path: str) -> int:
    """What is expected of a year by the committee with that key; 0 for nothing. One query."""
    return rules_for(path)[ANNUAL_MINIMUM]


def below_annual_minimum(found: VolunteerQuerySet, path: str) -> VolunteerQuerySet:
    """Those of ``found`` who serve and have fewer hours this year than is expected below ``path``.

    Counted are confirmed hours that the actor's committee and those below it have recorded. A sum
    for each person as the list is walked, so that a page costs fifty of them and not a county's.
    """
    expected = expected_hours(path)
    if not expected:
        return found.none()
    records = apps.get_model("volunteers", "ServiceRecord")
    served = (
        records._default_manager.confirmed()
        .filter(volunteer_id=OuterRef("pk"), served_on__year=timezone.localdate().year)
        .order_by()
        .values("volunteer_id")
        .annotate(minutes=Sum("minutes"))
    )
    minutes = Coalesce(Subquery(served.values("minutes")), 0)
    return found.active().alias(served=minutes).filter(served__lt=expected * MINUTES_OF_AN_HOUR)


def skills_in_use(path: str) -> list[str]:
    """The skills that people below ``path`` have most often, for a choice in the filters.

    Remembered for ten minutes: a skill that nobody had before is offered that much later.
    """
    scope = current_scope()
    key = f"skills-{scope.role}-{scope.committee}-{path}"
    offered: list[str] | None = caches["process"].get(key)
    if offered is None:
        offered = _skills_offered(path)
        caches["process"].set(key, offered, _REMEMBERED_SECONDS)
    return offered


def _skills_offered(path: str) -> list[str]:
    newest = Volunteer.objects.below(path).order_by("-pk").values("pk")[:_SAMPLE]
    counted = (
        Volunteer.objects.filter(pk__in=newest)
        .order_by()
        .values_list(Func(F("skills"), function="UNNEST"))
        .annotate(people=Count("pk"))
        .order_by("-people")
    )
    return [skill for skill, _people in counted[:_MOST_OFFERED]]
