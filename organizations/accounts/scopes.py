"""From a request, a token or a stored membership to an actor and its scope."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core.tenancy.scope import Scope, ScopeRefused
from core.web.keyset import id_from
from organizations.accounts.actors import (
    AS_CHILD,
    AS_LEADER,
    AS_VOLUNTEER,
    Actor,
    actor_of_cashier,
    actor_of_leader,
    actor_of_membership,
    actor_of_parent,
    actor_of_volunteer,
    anyone,
)
from organizations.accounts.models import ApiToken, Membership, User
from organizations.cashiers.models import Cashier
from organizations.committees.models import Committee
from organizations.family.models import FamilyTie
from organizations.family.queries import FamilyTieQuerySet
from organizations.leaders.models import Leadership

__all__ = [
    "ACTING_AS",
    "AS_VOLUNTEER",
    "actor_for_membership_id",
    "actor_for_volunteer_account",
    "actor_of",
    "committee_in_reach",
    "scope_of_request",
]

# The session's key for what a person acts as: a membership's id, or "volunteer".
ACTING_AS = "acting_as"
_TOKEN_SCHEME = "token "  # noqa: S105


def scope_of_request(request: HttpRequest) -> Scope:
    """The scope to open for a request; leaves the actor on the request.

    Below ``SCOPE_PUBLIC_PREFIXES`` everybody is a visitor, so that the pages say the same to all.
    Runs as the login role, before any scope. Raises `ScopeRefused` for a token that is unknown or
    revoked.
    """
    if request.path_info.startswith(settings.SCOPE_PUBLIC_PREFIXES):
        actor = anyone()
    else:
        actor = _actor_of_token(request) or _actor_of_session(request)
    request.actor = actor  # type: ignore[attr-defined]
    return actor.scope


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request; a visitor where no scope was opened."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor or anyone()


def committee_in_reach(code: str, *, actor: Actor) -> Committee:
    """The committee of that code, at or below the actor's own, which "" means; 404 for others."""
    own = actor.committee
    if own is not None and code in {"", own.code}:
        return own
    return get_object_or_404(Committee.objects.below(actor.scope.committee), code=code)


def actor_for_membership_id(membership_id: int) -> Actor:
    """The actor of a stored membership, for jobs and commands.

    Runs as the login role. Raises `ScopeRefused` when it does not hold today.
    """
    membership = (
        Membership.objects.valid_on(timezone.localdate())
        .with_committee()
        .filter(pk=membership_id)
        .first()
    )
    if membership is None:
        message = "The membership does not hold any more."
        raise ScopeRefused(message)
    return actor_of_membership(membership)


def actor_for_volunteer_account(user_id: int, volunteer_id: int | None = None) -> Actor:
    """The volunteer whom a stored account belongs to, for jobs; with ``volunteer_id`` that one.

    Runs as the login role. Raises `ScopeRefused` when the account may not log in any more.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None and user.volunteer_id and volunteer_id in {None, user.volunteer_id}:
        return actor_of_volunteer(user)
    ties = _children_of(user) if user else FamilyTie.objects.none()
    tie = ties.filter(volunteer_id=volunteer_id or 0).first()
    if user is None or tie is None:
        message = "The account does not hold any more."
        raise ScopeRefused(message)
    return actor_of_parent(user, tie)


def token_digest(token: str) -> bytes:
    """What is kept of a token: long random values need no slow hash."""
    return sha256(token.encode()).digest()


def _actor_of_token(request: HttpRequest) -> Actor | None:
    header = request.headers.get("Authorization", "")
    if not header.lower().startswith(_TOKEN_SCHEME):
        return None
    token = (
        ApiToken.objects.select_related("membership__committee", "membership__user")
        .filter(
            digest=token_digest(header[len(_TOKEN_SCHEME) :].strip()),
            revoked_at__isnull=True,
            epoch=F("membership__user__session_epoch"),
        )
        .first()
    )
    if token is None:
        message = "Unknown or revoked token."
        raise ScopeRefused(message)
    request.token_user = token.membership.user  # type: ignore[attr-defined]
    return actor_of_membership(token.membership)


def _actor_of_session(request: HttpRequest) -> Actor:
    user = request.user
    if not isinstance(user, User):
        return anyone()
    memberships = tuple(
        user.memberships.valid_on(timezone.localdate())
        # The account is known already.
        .select_related("committee")
        .order_by("committee_id", "pk")
    )
    choice = str(request.session.get(ACTING_AS, ""))
    chosen = next((each for each in memberships if str(each.pk) == choice), None)
    if memberships and not choice.startswith((AS_VOLUNTEER, AS_CHILD, AS_LEADER)):
        return actor_of_membership(chosen or memberships[0], memberships=memberships)
    leadership = _leadership_of(user, choice)
    if leadership is not None:
        return actor_of_leader(user, leadership, memberships=memberships)
    children = tuple(_children_of(user))
    child = next((each for each in children if f"{AS_CHILD}{each.pk}" == choice), None)
    if child is None and not user.volunteer_id and not memberships:
        child = next(iter(children), None)
    if child is not None:
        return actor_of_parent(user, child, memberships=memberships, children=children)
    if user.volunteer_id and (choice == AS_VOLUNTEER or not memberships):
        return actor_of_volunteer(user, memberships=memberships, children=children)
    if memberships:
        return actor_of_membership(memberships[0], memberships=memberships)
    # A cashier's account is nothing else, so nobody else is asked for one.
    cashier = Cashier.objects.standing_for(user.pk).first()
    return anyone(user) if cashier is None else actor_of_cashier(user, cashier)


def _leadership_of(user: User, choice: str) -> Leadership | None:
    """What the person chose to lead; None for any other choice and for what has ended."""
    number = id_from(choice.removeprefix(AS_LEADER)) if choice.startswith(AS_LEADER) else None
    if number is None:
        return None
    return Leadership.objects.standing_for(user.volunteer_id).filter(pk=number).first()


def _children_of(user: User) -> FamilyTieQuerySet:
    return FamilyTie.objects.filter(user=user).standing_on(timezone.localdate()).order_by("pk")
