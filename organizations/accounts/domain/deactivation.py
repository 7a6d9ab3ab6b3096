"""Accounts switched off and on."""

from __future__ import annotations

import structlog
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.domain.reach import check_may_manage
from organizations.accounts.models import Membership, User

__all__ = ["check_may_switch", "deactivate_account", "reactivate_account"]

logger = structlog.get_logger(__name__)


def deactivate_account(user: User, *, actor: Actor) -> None:
    """Switches an account off: its sessions and tokens end at once, its memberships rest.

    Raises `PermissionDenied` for a member whose role is beyond the actor's own, `Refusal` for
    the actor's own account and for a person who also serves a committee elsewhere.
    """
    check_may_switch(user, actor)
    _switch(user, active=False)
    logger.info("account_switched_off", account=user.pk, by=actor.scope.user)


def reactivate_account(user: User, *, actor: Actor) -> None:
    """Switches it on again; sessions and tokens from before stay ended. Raises as above."""
    check_may_switch(user, actor)
    _switch(user, active=True)
    logger.info("account_switched_on", account=user.pk, by=actor.scope.user)


def check_may_switch(user: User, actor: Actor) -> None:
    """Every membership of ``user`` that is in sight must be the actor's to manage."""
    actor.must("members.manage")
    if user == actor.user:
        raise Refusal(_("Nobody switches their own account off."), code="own_account")
    memberships = Membership.objects.ending_after(timezone.localdate()).filter(user=user)
    for membership in memberships.with_committee():
        check_may_manage(committee=membership.committee, role=membership.role, actor=actor)
    if not memberships:
        raise PermissionDenied


def _switch(user: User, *, active: bool) -> None:
    # The policy lets the row through only where every membership lies within the scope.
    switched = User.objects.filter(pk=user.pk).update(
        is_active=active, session_epoch=F("session_epoch") + 1
    )
    if not switched:
        said = _("This person also serves another committee. Revoke the membership here instead.")
        raise Refusal(said, code="serves_elsewhere")
