"""Reads of the registry that stand on its models: search, a person's history, hours and looks."""

from volunteers.registry.summary.able import (
    Wanted,
    abilities_of,
    half_days,
    people_able,
    words_of,
)
from volunteers.registry.summary.asked import filters_given, filters_in_words, volunteers_asked
from volunteers.registry.summary.history import (
    Change,
    Difference,
    also_changed_by,
    changes_of,
    last_change_of_state,
)
from volunteers.registry.summary.people import (
    AnnualMinimum,
    YearOfHours,
    annual_minimum,
    expected_hours,
    hours_by_year,
    served_this_year,
    skills_in_use,
)
from volunteers.registry.summary.search import Sought, sought_by, volunteers_matching

__all__ = [
    "AnnualMinimum",
    "Change",
    "Difference",
    "Sought",
    "Wanted",
    "YearOfHours",
    "abilities_of",
    "also_changed_by",
    "annual_minimum",
    "changes_of",
    "expected_hours",
    "filters_given",
    "filters_in_words",
    "half_days",
    "hours_by_year",
    "last_change_of_state",
    "people_able",
    "served_this_year",
    "skills_in_use",
    "sought_by",
    "volunteers_asked",
    "volunteers_matching",
    "words_of",
]
