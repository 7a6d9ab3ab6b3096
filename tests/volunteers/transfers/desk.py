"""Short ways around transfers in tests."""

from __future__ import annotations

from typing import Any

from django.db import connection

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from volunteers.registry.models import Volunteer
from volunteers.transfers.domain import ask_transfer
from volunteers.transfers.models import Transfer

__all__ = ["HERE", "THERE", "asked", "called", "row_of"]

# The cast's volunteer belongs here; another city's township would receive.
HERE, THERE = "441802009", "440606103"


def asked(cast: Cast, *, by: Actor | None = None, to: str = THERE) -> Transfer:
    """The present county, or ``by``, asks for the cast's volunteer."""
    actor = by or cast.county_441802
    with acting_as(actor.scope):
        return ask_transfer(
            cast.volunteer.pk, actor=actor, destination=to, reason="搬家", address_of=str
        )


def called(actor: Actor, statement: str, *parameters: Any) -> Any:
    """The first column of a statement in the actor's scope, as raw SQL."""
    with acting_as(actor.scope), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def row_of(volunteer: Volunteer) -> Volunteer:
    """The row as it stands now."""
    with as_owner():
        return Volunteer.objects.select_related("committee").get(pk=volunteer.pk)
