"""Takes a whole ledger at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizations.accounts.actors import Actor
from organizations.ledger.domain.organizations import begin_standard
from organizations.ledger.models import Organization

__all__ = ["LedgerEntry", "LedgerTaken", "take_ledger"]

_WRITTEN = (
    "kind",
    "founded_on",
    "registered_with_civil_affairs",
    "standardised_on",
    "standardised_until",
    "earlier_standards",
    "responsible_person",
    "reported_volunteers",
    "notes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What a ledger says of one organisation; None or empty where it says nothing.

    ``committee`` is a path key.
    """

    committee: str
    name: str
    kind: str
    standardised: bool | None
    founded_on: date | None = None
    registered_with_civil_affairs: bool | None = None
    responsible_person: str = ""
    reported_volunteers: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class LedgerTaken:
    """How many organisations were entered, amended, and found as they are."""

    created: int
    amended: int
    unchanged: int


def take_ledger(entries: Sequence[LedgerEntry], *, as_of: date, actor: Actor) -> LedgerTaken:
    """Enters organisations that are new and amends those that stand, by committee and name.

    ``as_of`` is the first day of the month that the ledger stands for. A ledger says that an
    organisation is standardised, not since when: it counts from ``as_of``, or from its founding
    where that is later. A ledger of an earlier month never undoes what a later day brought.
    Entries of one committee and name must not repeat, and all must lie within the actor's scope.
    """
    actor.must("organizations.import")
    committees = {entry.committee for entry in entries}
    standing = {
        (each.committee_id, each.name): each
        for each in Organization.objects.filter(committee_id__in=committees).select_for_update()
    }
    new, amended = [], []
    for entry in entries:
        organization = standing.get((entry.committee, entry.name))
        if organization is None:
            organization = Organization(committee_id=entry.committee, name=entry.name)
            _write(organization, entry, as_of)
            new.append(organization)
            continue
        before = _facts(organization)
        _write(organization, entry, as_of)
        if _facts(organization) != before:
            amended.append(organization)
    Organization.objects.bulk_create(new, batch_size=1000)
    Organization.objects.bulk_update(amended, _WRITTEN, batch_size=500)
    return LedgerTaken(len(new), len(amended), len(entries) - len(new) - len(amended))


def _facts(organization: Organization) -> list[object]:
    return [getattr(organization, name) for name in _WRITTEN]


def _write(organization: Organization, entry: LedgerEntry, as_of: date) -> None:
    organization.kind = entry.kind
    said = {
        "founded_on": entry.founded_on,
        "registered_with_civil_affairs": entry.registered_with_civil_affairs,
        "responsible_person": entry.responsible_person,
        "reported_volunteers": entry.reported_volunteers,
        "notes": entry.notes,
    }
    for name, value in said.items():
        if value not in {None, ""}:
            setattr(organization, name, value)
    if entry.standardised:
        _standardise(organization, max(as_of, organization.founded_on or as_of))
    elif entry.standardised is False:
        _end_standard(organization, as_of)


def _standardise(organization: Organization, day: date) -> None:
    """Standardised at the latest on ``day``, and still so where it had ended before."""
    since, until = organization.standardised_on, organization.standardised_until
    if until is not None and until <= day:
        begin_standard(organization, day)
    elif since is None or since > day:
        organization.standardised_on = day


def _end_standard(organization: Organization, day: date) -> None:
    since, until = organization.standardised_on, organization.standardised_until
    if since is not None and since < day and until is None:
        organization.standardised_until = day
