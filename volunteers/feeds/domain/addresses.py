"""The secret address of a person's calendar: whoever knows it reads the own sign-ups."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from organizations.accounts.actors import Actor
from organizations.accounts.scopes import token_digest
from volunteers.feeds.models import CalendarFeed

__all__ = ["feed_behind", "own_feed", "renew_feed", "revoke_feed"]

_TOKEN_BYTES = 32


def own_feed(actor: Actor) -> CalendarFeed | None:
    """The address that the account has for the person it acts as; None without one."""
    person = actor.scope.volunteer or 0
    return CalendarFeed.objects.filter(volunteer=person, user=actor.user).first()


@transaction.atomic
def renew_feed(*, actor: Actor) -> str:
    """Makes the address, or another one in its place; the secret is answered this once only."""
    actor.must("own.signup")
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        volunteer_id=actor.scope.volunteer or 0,
        user=actor.user,
        defaults={"digest": token_digest(token), "made_at": timezone.now()},
    )
    return token


@transaction.atomic
def revoke_feed(*, actor: Actor) -> None:
    """Ends the address: calendars that ask it find nothing from now on."""
    actor.must("own.signup")
    person = actor.scope.volunteer or 0
    CalendarFeed.objects.filter(volunteer=person, user=actor.user).delete()


def feed_behind(token: str) -> CalendarFeed | None:
    """Whose address it is; in a job's scope. None for one that nobody has (any more)."""
    return CalendarFeed.objects.filter(digest=token_digest(token)).first()
