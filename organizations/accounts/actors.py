"""The actor: who does something, in which role, for which committee."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.keys import tier_of
from core.tenancy.roles import Role, staff_role
from core.tenancy.scope import Proof, Scope
from organizations.accounts.access import ActorRole, allows

if TYPE_CHECKING:
    from organizations.accounts.models import Membership, User
    from organizations.committees.models import Committee

__all__ = [
    "AS_VOLUNTEER",
    "Actor",
    "Choice",
    "actor_of_membership",
    "actor_of_volunteer",
    "anyone",
]

# The session's value for acting as a volunteer; memberships are known by their id.
AS_VOLUNTEER = "volunteer"

# As long as the columns that keep one.
LABEL_CHARACTERS = 60

# The membership is proven again in the statement that opens the scope: one revoked since it was
# looked up opens nothing. The day is the portal's: the database counts in UTC, eight hours behind.
_MEMBERSHIP_HOLDS = """
    SELECT 1 FROM (SELECT %s::date AS day) today, organizations_membership m
    JOIN organizations_user u ON u.id = m.user_id
    WHERE m.id = %s AND m.user_id = %s AND m.committee_id = %s AND m.role = %s
      AND m.revoked_at IS NULL AND u.is_active
      AND m.starts_on <= today.day AND coalesce(m.ends_on >= today.day, true)
"""
_ACCOUNT_HOLDS = """
    SELECT 1 FROM organizations_user u WHERE u.id = %s AND u.volunteer_id = %s AND u.is_active
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that a person may act as; ``value`` is what the switch posts."""

    value: str
    label: str
    role_label: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. Verbs take one as ``actor``; pages show it in the header.

    ``committee`` is None for volunteers and visitors. ``memberships`` are all that the person may
    switch to.
    """

    role: ActorRole
    scope: Scope
    user: User | None = None
    membership: Membership | None = None
    memberships: tuple[Membership, ...] = field(default=(), compare=False)

    @property
    def committee(self) -> Committee | None:
        """The committee one acts for."""
        return self.membership.committee if self.membership else None

    @property
    def name(self) -> str:
        """The person's name as pages show it."""
        return str(self.user) if self.user else ""

    @property
    def choices(self) -> list[Choice]:
        """What the person may act as, for the switch in the header."""
        found = [
            Choice(
                value=str(each.pk),
                label=each.committee.full_name,
                role_label=each.get_role_display(),
                active=self.membership is not None and each.pk == self.membership.pk,
            )
            for each in self.memberships
        ]
        if self.user is not None and self.user.volunteer_id is not None:
            is_volunteer = self.role == ActorRole.VOLUNTEER
            own = Choice(AS_VOLUNTEER, _("My own pages"), _("volunteer"), is_volunteer)
            found.append(own)
        return found

    @property
    def role_label(self) -> str:
        """The role in the reader's language."""
        if self.membership:
            return self.membership.get_role_display()
        return _("volunteer") if self.role == ActorRole.VOLUNTEER else ""

    @property
    def label(self) -> str:
        """Name and committee, kept on rows that outlive the account's visibility."""
        return self.scope.label

    def may(self, action: str) -> bool:
        """Whether the access table lets the actor attempt ``action``."""
        return allows(self.role, action)

    def must(self, action: str) -> None:
        """Raises `PermissionDenied` when the actor may not attempt ``action``."""
        if not self.may(action):
            message = _("Your role does not allow this.")
            raise PermissionDenied(message)


def actor_of_membership(
    membership: Membership, *, memberships: tuple[Membership, ...] = ()
) -> Actor:
    """The actor that a member is; ``membership`` comes with user and committee."""
    proof = Proof(
        _MEMBERSHIP_HOLDS,
        (
            timezone.localdate().isoformat(),
            membership.pk,
            membership.user_id,
            membership.committee_id,
            membership.role,
        ),
    )
    scope = Scope(
        role=staff_role(tier_of(membership.committee_id)),
        committee=membership.committee_id,
        user=membership.user_id,
        label=f"{membership.user}（{membership.committee.name}）"[:LABEL_CHARACTERS],
        proof=proof,
    )
    return Actor(
        role=ActorRole(membership.role),
        scope=scope,
        user=membership.user,
        membership=membership,
        memberships=memberships or (membership,),
    )


def actor_of_volunteer(user: User, *, memberships: tuple[Membership, ...] = ()) -> Actor:
    """The actor that a volunteer is on the own pages."""
    scope = Scope(
        role=Role.VOLUNTEER,
        user=user.pk,
        volunteer=user.volunteer_id,
        label=str(user)[:LABEL_CHARACTERS],
        proof=Proof(_ACCOUNT_HOLDS, (user.pk, user.volunteer_id)),
    )
    return Actor(role=ActorRole.VOLUNTEER, scope=scope, user=user, memberships=memberships)


def anyone(user: User | None = None) -> Actor:
    """A visitor, or an account without any standing."""
    scope = Scope(role=Role.PUBLIC, user=user.pk if user else None)
    return Actor(role=ActorRole.ANYONE, scope=scope, user=user)
