"""Short ways to register people in tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from volunteers.registry.domain import Consent, Document, Guardian, register_volunteer
from volunteers.registry.models import DocumentKind, Volunteer

__all__ = [
    "CHILD",
    "CONSENT",
    "GUARDIAN",
    "NUMBER",
    "PHONE",
    "TODAY",
    "at",
    "card",
    "person",
    "register",
    "registered",
    "text",
]

# Today in these tests; CHILD is fifteen then.
TODAY = date(2026, 6, 1)
CHILD = date(2010, 9, 1)
NUMBER, PHONE = identity_number(7), "19900000077"
CONSENT = Consent(on=date(2026, 3, 5), evidence="签字表 2026-03")
GUARDIAN = Guardian(name="陈父", phone="19900001111", consent_on=date(2026, 3, 5))


def card(number: str) -> Document:
    """An identity card."""
    return Document(DocumentKind.IDENTITY_CARD, number)


def register(actor: Actor, committee: Committee, **changes: Any) -> Volunteer:
    """Registers an adult inside the open scope."""
    values: dict[str, Any] = {
        "document": card(identity_number(1)),
        "name": "刘霞明",
        "phone": "19900000001",
        "consent": CONSENT,
        "registered_on": date(2026, 3, 5),
        **changes,
    }
    return register_volunteer(actor=actor, committee=committee, **values)


def registered(
    committee: Committee, *, number: str, phone: str = "19900000001", **fields: Any
) -> Volunteer:
    """A volunteer with sealed identifiers, past all policies."""
    with as_owner():
        volunteer = VolunteerFactory(committee=committee, **fields)
        VolunteerIdentityFactory(volunteer=volunteer, number=number, phone=phone)
    return volunteer


def at(name: str, volunteer: Volunteer, *args: str) -> str:
    """The address of one of the person's pages."""
    return reverse(f"registry:{name}", args=[volunteer.number, *args])


def text(response: Any) -> str:
    """What the answer says."""
    return str(response.content.decode())


def person(volunteer: Volunteer) -> Volunteer:
    """The row as it stands now."""
    with as_owner():
        return Volunteer.objects.get(pk=volunteer.pk)
