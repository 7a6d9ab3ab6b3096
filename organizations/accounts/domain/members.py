"""Members of committees: created by set-up, granted and revoked by officers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.models import MemberRole, Membership, User
from organizations.committees.models import Committee

__all__ = ["MemberCreated", "create_member"]


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
    membership, _made = Membership.objects.get_or_create(
        user=user,
        committee=committee,
        role=role,
        revoked_at=None,
        defaults={"starts_on": timezone.localdate()},
    )
    return MemberCreated(membership, is_new)
