"""The six places, and who lives in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from django.db.models import Model

from organizations.accounts.models import Membership, User
from organizations.committees.models import Committee
from organizations.ledger.models import Organization
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["LATER", "MARKS_BEGIN", "MONTH", "Maker", "People", "Place"]

MONTH = date(2026, 5, 1)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


class Place(StrEnum):
    """Where a row lies, seen from the township 441802009 and one person in it."""

    MINE = "mine"
    NEIGHBOUR = "neighbour"  # same township, another person
    SIBLING = "sibling"  # same county
    COUSIN = "cousin"  # same city
    OTHER_CITY = "other_city"
    OTHER_PROVINCE = "other_province"

    @property
    def code(self) -> str:
        """The code of the committee that the place's rows belong to."""
        return _CODES[self]

    @property
    def mark(self) -> str:
        """A word that occurs in this place's rows and nowhere else."""
        return _MARKS[self]

    @property
    def shared_mark(self) -> str:
        """The mark of what everybody of the township may read: the same in both its places."""
        return Place.MINE.mark if self is Place.NEIGHBOUR else self.mark


_CODES = {
    Place.MINE: "441802009",
    Place.NEIGHBOUR: "441802009",
    Place.SIBLING: "441802103",
    Place.COUSIN: "441881",
    Place.OTHER_CITY: "440606103",
    Place.OTHER_PROVINCE: "450102001",
}
_MARKS = {
    Place.MINE: "觅己觅",
    Place.NEIGHBOUR: "觅邻觅",
    Place.SIBLING: "觅旁觅",
    Place.COUSIN: "觅表觅",
    Place.OTHER_CITY: "觅市觅",
    Place.OTHER_PROVINCE: "觅省觅",
}
# What all marks begin with: what a search that looks for foreign rows would type.
MARKS_BEGIN = "觅"


@dataclass(frozen=True, slots=True)
class People:
    """Who lives in a place."""

    user: User
    membership: Membership
    organization: Organization
    volunteer: Volunteer
    spare: Volunteer
    record: ServiceRecord

    @property
    def committee(self) -> Committee:
        """The committee of the place."""
        return self.membership.committee


Maker = Callable[[People, Place, int], Model]
