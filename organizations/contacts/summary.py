"""Whom to call: a committee's office, or the nearest one above it that has a telephone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.tenancy.keys import ancestor_keys
from organizations.committees.models import Committee

__all__ = ["Contact", "contact_of", "contacts_of"]


@dataclass(frozen=True, slots=True)
class Contact:
    """Of ``committee``: the telephone of ``office``, which may lie above it; None of either."""

    committee: Committee
    office: Committee | None

    @property
    def is_own(self) -> bool:
        """Whether the telephone is that of the committee itself."""
        return self.office is not None and self.office.pk == self.committee.pk


def contact_of(committee: Committee) -> Contact:
    """Whom to call about what ``committee`` does. One query, none where it has a telephone."""
    return contacts_of([committee])[0]


def contacts_of(committees: Iterable[Committee]) -> list[Contact]:
    """For each whom to call, in their order. At most one query."""
    asked = list(committees)
    keys = {key for each in asked if not each.phone for key in ancestor_keys(each.path)}
    found = Committee.objects.filter(path__in=keys).exclude(phone="") if keys else ()
    offices = {each.path: each for each in found}
    offices |= {each.path: each for each in asked if each.phone}
    return [Contact(each, _nearest(each.path, offices)) for each in asked]


def _nearest(path: str, offices: dict[str, Committee]) -> Committee | None:
    return next((offices[key] for key in reversed(ancestor_keys(path)) if key in offices), None)
