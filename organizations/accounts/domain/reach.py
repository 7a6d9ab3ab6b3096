"""Whom an actor may make, or unmake, a member of which committee."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.access import ActorRole, grantable_roles
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee

__all__ = ["check_may_manage"]


def check_may_manage(*, committee: Committee, role: str, actor: Actor) -> None:
    """Only at or below the own committee, and only roles that may do nothing the actor may not.

    Raises `PermissionDenied` for a role beyond the actor's, `Refusal` for a committee elsewhere.
    """
    actor.must("members.manage")
    if actor.committee is None or not actor.committee.contains(committee.path):
        said = _("This committee does not belong to yours.")
        raise Refusal(said, code="outside", field="committee")
    if ActorRole(role) not in grantable_roles(actor.role):
        raise PermissionDenied(_("Only roles that may do no more than yours are yours to give."))
