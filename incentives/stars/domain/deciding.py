"""Deciding: a rung is granted, refused, kept or withdrawn by somebody of the level it asks for."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.keys import tier_of
from core.web.refusals import Refusal
from core.web.texts import text_given
from incentives.stars.models import StarAward, StarState
from organizations.accounts.actors import Actor

__all__ = ["approve_stars", "decide_star"]


@transaction.atomic
def approve_stars(awards: Iterable[int], *, actor: Actor) -> int:
    """Grants rungs that are reached; how many. Those of others' levels or decided by now stay."""
    actor.must("stars.decide")
    waiting = StarAward.objects.decided_at_tier(tier_of(actor.scope.committee))
    rows = waiting.filter(pk__in=list(awards), state=StarState.REACHED).select_for_update()
    chosen = [each for each in rows if not _is_own(each, actor)]
    for award in chosen:
        _decide(award, StarState.GRANTED, actor, "")
    return len(chosen)


@transaction.atomic
def decide_star(award: StarAward, *, actor: Actor, holds: bool, reason: str) -> StarAward:
    """Grants or keeps the rung where it ``holds``, refuses or withdraws it where not.

    Everything but granting what is reached needs a reason, which the volunteer reads. Raises
    `PermissionDenied` below the level that approves, `Refusal` without a reason and for what was
    decided meanwhile.
    """
    actor.must("stars.decide")
    if tier_of(actor.scope.committee) > award.approval_tier:
        raise PermissionDenied(_("This star is decided by a committee above yours."))
    locked = StarAward.objects.select_for_update().get(pk=award.pk)
    if _is_own(locked, actor):
        raise Refusal(_("Nobody decides about the own stars."), code="own")
    if locked.state not in {StarState.REACHED, StarState.DOUBTED}:
        raise Refusal(_("This star has been decided already."), code="decided")
    if not (holds and locked.state == StarState.REACHED):
        reason = text_given(
            reason, field="reason", most=200, missing=_("Say why: the volunteer reads it.")
        )
    _decide(locked, StarState.GRANTED if holds else StarState.WITHDRAWN, actor, reason)
    return locked


def _is_own(award: StarAward, actor: Actor) -> bool:
    return actor.user is not None and actor.user.volunteer_id == award.volunteer_id


def _decide(award: StarAward, state: StarState, actor: Actor, reason: str) -> None:
    if state == StarState.GRANTED and award.state == StarState.DOUBTED:
        # Kept knowing what is left of its hours: doubted again only when still more is lost.
        award.needed = award.minutes
    award.state, award.reason = state, reason
    award.decided_at, award.decided_by_label = timezone.now(), actor.label
    award.save(update_fields=["state", "needed", "reason", "decided_at", "decided_by_label"])
