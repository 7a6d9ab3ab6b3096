"""Members of committees: created by set-up, granted and revoked by officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.domain.reach import check_may_manage
from organizations.accounts.models import MemberRole, Membership, User
from organizations.committees.models import Committee

__all__ = [
    "MemberCreated",
    "create_member",
    "end_memberships",
    "grant_membership",
    "renew_membership",
    "revoke_membership",
]


@dataclass(frozen=True, slots=True)
class MemberCreated:
    """The membership, and whether the account had to be made for it."""

    membership: Membership
    is_new_account: bool


def create_member(
    *,
    username: str,
    committee_code: str,
    role: MemberRole,
    password: str = "",
    name: str = "",
) -> MemberCreated:
    """An account, where there is none of that name, with a membership from today.

    For set-up, in the scope of a job: nobody's own rights are asked. A ``password`` replaces that
    of an account that stands; without one a new account cannot log in. A membership that holds
    already is left as it is. Raises `Refusal` for a committee that is unknown or closed.
    """
    committee = Committee.objects.filter(code=committee_code).first()
    if committee is None or committee.closed_on is not None:
        said = _("There is no open committee with the code {code}.")
        raise Refusal(said.format(code=committee_code), code="unknown_committee", field="committee")
    user = User.objects.filter(username=username).first()
    is_new = user is None
    if user is None:
        user = User(username=username, name=name)
        user.set_unusable_password()
    if password:
        user.set_password(password)
    if is_new or password:
        user.save()
    today = timezone.localdate()
    membership = renew_membership(user, committee, role, starts_on=today, ends_on=None)
    return MemberCreated(membership, is_new)


def grant_membership(
    *,
    user: User,
    committee: Committee,
    role: MemberRole,
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
) -> Membership:
    """Makes ``user`` a member from a day to a day, both included; without ``ends_on`` for good.

    Raises `PermissionDenied` for a role beyond the actor's own, `Refusal` for a committee that
    is closed or not the actor's, for dates that run backwards, an account that is switched off
    and a membership that holds already.
    """
    check_may_manage(committee=committee, role=role, actor=actor)
    if committee.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed", field="committee")
    if ends_on is not None and ends_on < starts_on:
        said = _("The last day lies before the first.")
        raise Refusal(said, code="backwards", field="ends_on")
    if not user.is_active:
        said = _("This account is switched off. Switch it on first.")
        raise Refusal(said, code="inactive", field="username")
    # Locked, so that two who grant the same do not both pass.
    Committee.objects.select_for_update().get(pk=committee.pk)
    if _standing(user, committee, role) is not None:
        said = _("This person already has this role here.")
        raise Refusal(said, code="duplicate", field="role")
    return renew_membership(
        user, committee, role, starts_on=starts_on, ends_on=ends_on, by=actor.user
    )


def revoke_membership(membership: Membership, *, reason: str, actor: Actor) -> Membership:
    """Ends a membership at once: the very next request under it is refused.

    Raises `PermissionDenied` for a role beyond the actor's own, `Refusal` for the actor's own
    membership, one that has been revoked, and an empty reason.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    check_may_manage(committee=membership.committee, role=membership.role, actor=actor)
    if actor.membership is not None and membership.pk == actor.membership.pk:
        said = _("Nobody revokes the membership they act under.")
        raise Refusal(said, code="own_membership")
    if membership.revoked_at is not None:
        raise Refusal(_("It has been revoked already."), code="revoked")
    if not reason.strip():
        raise Refusal(_("Write why."), code="reason_missing", field="reason")
    membership.revoked_at = timezone.now()
    membership.revoke_reason = reason.strip()[:200]
    with because(membership.revoke_reason):
        membership.save(update_fields=["revoked_at", "revoke_reason"])
    return membership


def end_memberships(committee: Committee, *, before: date, reason: str) -> None:
    """Lets every membership of a committee that closes hold until the day ``before`` that day.

    Who may close the committee is asked by the caller.
    """
    last_day = before - timedelta(days=1)
    standing = Membership.objects.filter(committee=committee).ending_after(before)
    with because(reason):
        standing.filter(starts_on__lt=before).update(ends_on=last_day)
        # What would begin with the closing day or later never begins.
        standing.filter(starts_on__gte=before).update(
            revoked_at=timezone.now(), revoke_reason=reason[:200]
        )


def _standing(user: User, committee: Committee, role: str) -> Membership | None:
    """The membership that holds today or will."""
    return (
        Membership.objects.ending_after(timezone.localdate())
        .filter(user=user, committee=committee, role=role)
        .first()
    )


def renew_membership(
    user: User,
    committee: Committee,
    role: MemberRole,
    *,
    starts_on: date,
    ends_on: date | None,
    by: User | None = None,
) -> Membership:
    """The membership that stands; else a new one, or one that has run out, dated anew."""
    standing = _standing(user, committee, role)
    if standing is not None:
        return standing
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        committee=committee,
        role=role,
        revoked_at=None,
        defaults={"starts_on": starts_on, "ends_on": ends_on, "granted_by": by},
    )
    if not is_new:
        membership.starts_on, membership.ends_on, membership.granted_by = starts_on, ends_on, by
        membership.save(update_fields=["starts_on", "ends_on", "granted_by"])
    return membership
