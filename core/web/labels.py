"""Labels of choices in the reader's language, looked up once for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import get_language

__all__ = ["label_of"]


def label_of(choices: type[TextChoices], value: str) -> str:
    """The label of ``value``; a value that is none of the choices stands for itself."""
    return _labels(choices, get_language()).get(value, value)


@cache
def _labels(choices: type[TextChoices], _language: str | None) -> Mapping[str, str]:
    # Strings, no longer lazy: catalogues do not change while a process runs.
    return {str(value): str(label) for value, label in choices.choices}
