"""Invitations by link: the way in for people without an account, or with one elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.access import ActorRole, grantable_roles
from organizations.accounts.actors import Actor
from organizations.accounts.domain.members import renew_membership
from organizations.accounts.domain.reach import check_may_manage
from organizations.accounts.models import Invitation, MemberRole, Membership, User
from organizations.accounts.scopes import token_digest
from organizations.committees.models import Committee

__all__ = [
    "Invited",
    "accept_invitation",
    "accept_invitation_as",
    "invite_member",
    "withdraw_invitation",
]

_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation and the link's token, which is shown once: only its digest is kept."""

    invitation: Invitation
    token: str


def invite_member(*, committee: Committee, role: MemberRole, name: str, actor: Actor) -> Invited:
    """A link by which one person joins ``committee`` within seven days.

    Raises as `grant_membership` does.
    """
    check_may_manage(committee=committee, role=role, actor=actor)
    if committee.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed", field="committee")
    if actor.user is None:
        raise PermissionDenied
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        committee=committee,
        role=role,
        name=name,
        token_digest=token_digest(token),
        invited_by=actor.user,
        expires_at=timezone.now() + _LASTS,
    )
    return Invited(invitation, token)


def withdraw_invitation(invitation: Invitation, *, actor: Actor) -> Invitation:
    """The link opens nothing any more. Raises `Refusal` when it has been used or withdrawn."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    check_may_manage(committee=invitation.committee, role=invitation.role, actor=actor)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        said = _("The invitation has been used or withdrawn already.")
        raise Refusal(said, code="not_open")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def accept_invitation(*, token: str, username: str, name: str, password: str) -> Membership:
    """Makes the account and the membership that the link promises, once.

    Runs in the scope of a job, for nobody is signed in yet. Raises `Refusal` for a link that is
    used, withdrawn, expired or whose sender may not grant the role any more, and for a login name
    that is taken; `ValidationError` for a weak password.
    """
    invitation = _open_invitation(token)
    user = User(
        username=username,
        name=name,
        access_from=invitation.invited_by,
        access_from_at=timezone.now(),
    )
    validate_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        said = _("This login name is taken. Choose another.")
        raise Refusal(said, code="username_taken", field="username") from error
    return _join(invitation, user)


def accept_invitation_as(user: User, *, token: str) -> Membership:
    """As `accept_invitation`, for a person who has an account and is signed in."""
    return _join(_open_invitation(token), user)


def _open_invitation(token: str) -> Invitation:
    invitation = (
        Invitation.objects.open_at(timezone.now())
        .select_for_update(of=("self",))
        .select_related("committee", "invited_by")
        .filter(token_digest=token_digest(token))
        .first()
    )
    if invitation is None or invitation.committee.closed_on is not None:
        said = _("This link is used, withdrawn or out of date. Ask your committee for a new one.")
        raise Refusal(said, code="not_open")
    if not _sender_may_still(invitation):
        said = _("Who sent this link has left the office. Ask your committee for a new one.")
        raise Refusal(said, code="sender_left")
    return invitation


def _sender_may_still(invitation: Invitation) -> bool:
    memberships = (
        Membership.objects.valid_on(timezone.localdate())
        .filter(user=invitation.invited_by)
        .with_committee()
    )
    return any(
        membership.committee.contains(invitation.committee_id)
        and ActorRole(invitation.role) in grantable_roles(ActorRole(membership.role))
        for membership in memberships
    )


def _join(invitation: Invitation, user: User) -> Membership:
    membership = renew_membership(
        user,
        invitation.committee,
        MemberRole(invitation.role),
        starts_on=timezone.localdate(),
        ends_on=None,
        by=invitation.invited_by,
    )
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership
