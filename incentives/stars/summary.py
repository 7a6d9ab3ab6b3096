"""How far a volunteer is on the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from core.web.figures import hours_text
from incentives.stars.models import StarAward, StarState
from incentives.stars.rules import RUNGS
from organizations.rules.summary import rules_for
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["Standing", "standing_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """``stars`` held; ``reached`` is a rung that waits for approval, ``doubted`` one that lost its
    hours, 0 for none; ``missing`` minutes to the ``next_star``, 0 at the top."""

    stars: int
    reached: int
    doubted: int
    next_star: int
    missing: int

    @property
    def missing_hours(self) -> str:
        """To the next star, with one decimal."""
        return hours_text(self.missing)


def standing_of(volunteer_id: int) -> Standing:
    """A volunteer's own stars and the way to the next one. Three queries."""
    confirmed = ServiceRecord.objects.filter(
        volunteer=OuterRef("pk"),
        state=RecordState.CONFIRMED,
        served_on__gte=OuterRef("registered_on"),
    )
    total = confirmed.order_by().values("volunteer").values(total=Sum("minutes"))
    committee, minutes = Volunteer.objects.values_list("committee_id", Subquery(total)).get(
        pk=volunteer_id
    )
    counted, rules = minutes or 0, rules_for(committee)
    awards = dict(
        StarAward.objects.filter(volunteer=volunteer_id)
        .exclude(state=StarState.WITHDRAWN)
        .values_list("stars", "state")
    )
    held = [stars for stars, state in awards.items() if state != StarState.REACHED]
    needed = (60 * rules[rung] for rung in RUNGS)
    ahead = [(stars, least) for stars, least in enumerate(needed, 1) if least > counted]
    next_star, least = ahead[0] if ahead else (0, counted)
    return Standing(
        stars=max(held, default=0),
        reached=max((s for s, state in awards.items() if state == StarState.REACHED), default=0),
        doubted=max((s for s, state in awards.items() if state == StarState.DOUBTED), default=0),
        next_star=next_star,
        missing=least - counted,
    )
