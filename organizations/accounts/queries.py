"""Reads of memberships and invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import Q

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from organizations.accounts.models import Invitation, Membership

__all__ = ["InvitationQuerySet", "MembershipQuerySet", "serves_only_below"]

_SERVES_ONLY_BELOW = "SELECT organizations_serves_only_below(%s, %s)"


def serves_only_below(*, account: int, path: str) -> bool:
    """Whether no membership of the account, hidden ones included, lies outside that subtree."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVES_ONLY_BELOW, [account, path])
        row = cursor.fetchone()
    return bool(row and row[0])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Filters that compose."""

    def valid_on(self, day: date) -> Self:
        """Begun, not ended and not revoked, of an account that may log in."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            starts_on__lte=day,
            revoked_at__isnull=True,
            user__is_active=True,
        )

    def ending_after(self, day: date) -> Self:
        """Not revoked, and holding on ``day`` or later, whatever becomes of the account."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), revoked_at__isnull=True)

    def ended_before(self, day: date) -> Self:
        """Revoked, or run out before ``day``."""
        return self.filter(Q(revoked_at__isnull=False) | Q(ends_on__lt=day))

    def of_person(self, typed: str) -> Self:
        """Of people whose name or login name begins as typed."""
        begins = Q(user__name__begins=typed) | Q(user__username__begins=typed)
        return self.filter(begins)

    def below(self, path: str) -> Self:
        """Of that committee or one under it; an empty key matches nothing."""
        return self.filter(at_or_below(path))

    def with_committee(self) -> Self:
        """Brings committee and account along."""
        return self.select_related("committee", "user")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters that compose."""

    def open_at(self, moment: datetime) -> Self:
        """Still to be accepted."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=moment
        )

    def below(self, path: str) -> Self:
        """Of that committee or one under it; an empty key matches nothing."""
        return self.filter(at_or_below(path))
