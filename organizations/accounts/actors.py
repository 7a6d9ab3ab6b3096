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
    from organizations.cashiers.models import Cashier
    from organizations.committees.models import Committee
    from organizations.family.models import FamilyTie
    from organizations.leaders.models import Leadership

__all__ = [
    "AS_CHILD",
    "AS_LEADER",
    "AS_VOLUNTEER",
    "Actor",
    "Choice",
    "actor_of_cashier",
    "actor_of_leader",
    "actor_of_membership",
    "actor_of_parent",
    "actor_of_volunteer",
    "anyone",
    "family_of",
]

# The session's value for acting as a volunteer; memberships are known by their id.
AS_VOLUNTEER = "volunteer"
# A child's value begins so, with the tie's id behind.
AS_CHILD = "child-"
# That of an organisation that one leads, with the leadership's id behind.
AS_LEADER = "leader-"

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
_TIE_HOLDS = """
    SELECT 1 FROM (SELECT %s::date AS day) today, organizations_familytie t
    JOIN organizations_user u ON u.id = t.user_id
    WHERE t.id = %s AND t.user_id = %s AND t.volunteer_id = %s
      AND t.ended_at IS NULL AND t.until > today.day AND u.is_active
"""
_LEADERSHIP_HOLDS = """
    SELECT 1 FROM organizations_leadership l
    JOIN organizations_user u ON u.volunteer_id = l.volunteer_id
    WHERE l.id = %s AND l.organization_id = %s AND u.id = %s AND l.ended_at IS NULL AND u.is_active
"""
_CASHIER_HOLDS = """
    SELECT 1 FROM organizations_cashier c
    JOIN organizations_user u ON u.id = c.user_id
    WHERE c.id = %s AND c.merchant_id = %s AND u.id = %s AND c.ended_at IS NULL AND u.is_active
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
    # The child for whom a parent acts, and all whose pages the account holds.
    child: FamilyTie | None = None
    children: tuple[FamilyTie, ...] = field(default=(), compare=False)
    # The organisation that one leads and acts for.
    leadership: Leadership | None = None
    # The merchant's counter that one stands at.
    cashier: Cashier | None = None

    @property
    def committee(self) -> Committee | None:
        """The committee one acts for."""
        return self.membership.committee if self.membership else None

    @property
    def name(self) -> str:
        """The person's name as pages show it."""
        return str(self.user) if self.user else ""

    @property
    def person_name(self) -> str:
        """Whose pages these are: the child's name, or one's own."""
        return self.child.child_name if self.child is not None else self.name

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
            is_volunteer = self.role == ActorRole.VOLUNTEER and self.child is None
            own = Choice(AS_VOLUNTEER, _("My own pages"), _("volunteer"), is_volunteer)
            found.append(own)
        if self.leadership is not None:
            led, name = self.leadership.pk, self.leadership.organization_name
            found.append(Choice(f"{AS_LEADER}{led}", name, _("leader"), active=True))
        found.extend(
            Choice(
                value=f"{AS_CHILD}{each.pk}",
                label=each.child_name,
                role_label=_("child"),
                active=self.child is not None and each.pk == self.child.pk,
            )
            for each in self.children
        )
        return found

    @property
    def role_label(self) -> str:
        """The role in the reader's language."""
        if self.membership:
            return self.membership.get_role_display()
        if self.leadership is not None:
            return _("leader of {team}").format(team=self.leadership.organization_name)
        if self.cashier is not None:
            return _("at the counter of {merchant}").format(merchant=self.cashier.merchant_name)
        if self.child is not None:
            return _("for {child}").format(child=self.child.child_name)
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


def actor_of_volunteer(
    user: User,
    *,
    memberships: tuple[Membership, ...] = (),
    children: tuple[FamilyTie, ...] = (),
) -> Actor:
    """The actor that a volunteer is on the own pages."""
    scope = Scope(
        role=Role.VOLUNTEER,
        user=user.pk,
        volunteer=user.volunteer_id,
        label=str(user)[:LABEL_CHARACTERS],
        proof=Proof(_ACCOUNT_HOLDS, (user.pk, user.volunteer_id)),
    )
    return Actor(
        role=ActorRole.VOLUNTEER,
        scope=scope,
        user=user,
        memberships=memberships,
        children=children,
    )


def actor_of_leader(
    user: User, leadership: Leadership, *, memberships: tuple[Membership, ...] = ()
) -> Actor:
    """The actor that a leader is for one organisation: its team, its calls, who comes to them.

    The leadership is proven again in the statement that opens the scope, as a membership is.
    """
    organization = leadership.organization_id
    scope = Scope(
        role=Role.LEADER,
        user=user.pk,
        organizations=(organization,),
        label=f"{user}（{leadership.organization_name}）"[:LABEL_CHARACTERS],
        proof=Proof(_LEADERSHIP_HOLDS, (leadership.pk, organization, user.pk)),
    )
    return Actor(
        role=ActorRole.LEADER,
        scope=scope,
        user=user,
        memberships=memberships,
        leadership=leadership,
    )


def actor_of_cashier(user: User, cashier: Cashier) -> Actor:
    """The actor that a merchant's cashier is: redeems there, and reads what was redeemed there."""
    scope = Scope(
        role=Role.MERCHANT,
        user=user.pk,
        merchant=cashier.merchant_id,
        label=f"{user}（{cashier.merchant_name}）"[:LABEL_CHARACTERS],
        proof=Proof(_CASHIER_HOLDS, (cashier.pk, cashier.merchant_id, user.pk)),
    )
    return Actor(role=ActorRole.CASHIER, scope=scope, user=user, cashier=cashier)


def actor_of_parent(
    user: User,
    tie: FamilyTie,
    *,
    memberships: tuple[Membership, ...] = (),
    children: tuple[FamilyTie, ...] = (),
) -> Actor:
    """The actor that a parent is on a child's pages: reaches what the child does, and no more.

    The tie is proven again in the statement that opens the scope, as a membership is.
    """
    today = timezone.localdate().isoformat()
    scope = Scope(
        role=Role.VOLUNTEER,
        user=user.pk,
        volunteer=tie.volunteer_id,
        label=f"{user}（{tie.child_name}）"[:LABEL_CHARACTERS],
        proof=Proof(_TIE_HOLDS, (today, tie.pk, user.pk, tie.volunteer_id)),
    )
    return Actor(
        role=ActorRole.VOLUNTEER,
        scope=scope,
        user=user,
        memberships=memberships,
        child=tie,
        children=children or (tie,),
    )


def family_of(actor: Actor) -> dict[str, Actor]:
    """All for whom the account may sign up: the own entry, then children, by the switch's value."""
    if actor.user is None or actor.role != ActorRole.VOLUNTEER:
        return {}
    own = {AS_VOLUNTEER: actor_of_volunteer(actor.user)} if actor.user.volunteer_id else {}
    return own | {f"{AS_CHILD}{tie.pk}": actor_of_parent(actor.user, tie) for tie in actor.children}


def anyone(user: User | None = None) -> Actor:
    """A visitor, or an account without any standing."""
    scope = Scope(role=Role.PUBLIC, user=user.pk if user else None)
    return Actor(role=ActorRole.ANYONE, scope=scope, user=user)
