"""Recounting: rungs follow the confirmed hours, exactly, and nothing is taken away.

Every change of a confirmed record leaves a row in the queue in the same transaction (a trigger).
The recount takes rows and then, in a later statement with a newer snapshot, adds up the hours of
those volunteers: what was committed when its row was taken is counted, what commits later leaves
another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from core.tenancy.keys import CHARACTERS_PER_TIER
from core.tenancy.scope import Scope, acting_as
from incentives.stars.models import StarAward, StarState
from incentives.stars.rules import APPROVAL_TIERS, RUNGS
from organizations.rules.queries import Rules
from organizations.rules.summary import rules_for

__all__ = ["recount_stars"]

_SCOPE = Scope.for_job("recount stars")
_BATCH = 2_000
_TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('incentives.stars'))"
_TAKE = """
    DELETE FROM incentives_stardue WHERE id IN (
        SELECT id FROM incentives_stardue ORDER BY id LIMIT %s)
    RETURNING volunteer_id
"""
# Hours before the registration do not count; a merged entry has none left, a sealed one no star.
_COUNT = """
    SELECT v.id, v.committee_id, coalesce(sum(r.minutes), 0)
    FROM volunteers_volunteer v
    LEFT JOIN volunteers_servicerecord r ON r.volunteer_id = v.id AND r.state = 'confirmed'
        AND r.served_on >= v.registered_on
    WHERE v.id = ANY(%s) AND v.state <> 'erased'
    GROUP BY v.id
"""


@dataclass(frozen=True, slots=True)
class _Counted:
    volunteer: int
    committee: str
    minutes: int


def recount_stars() -> int:
    """Brings rungs up to the hours of all who wait; how many volunteers were looked at.

    In transactions of 2,000 rows of the queue; two recounts at once are one. Runs outside of any
    scope.
    """
    looked_at = 0
    while (seen := _recount_some()) is not None:
        looked_at += seen
    return looked_at


def _recount_some() -> int | None:
    with acting_as(_SCOPE), connection.cursor() as cursor:
        cursor.execute(_TRY_LOCK)
        if cursor.fetchone() != (True,):
            return None
        cursor.execute(_TAKE, [_BATCH])
        due = sorted({volunteer for (volunteer,) in cursor.fetchall()})
        if not due:
            return None
        cursor.execute(_COUNT, [due])
        _bring_up([_Counted(*row) for row in cursor.fetchall()])
        return len(due)


def _bring_up(counted: Sequence[_Counted]) -> None:
    known: dict[int, list[StarAward]] = {each.volunteer: [] for each in counted}
    awards = StarAward.objects.filter(volunteer__in=list(known)).order_by("pk")
    for award in awards.select_for_update():
        known[award.volunteer_id].append(award)
    new: list[StarAward] = []
    changed: list[StarAward] = []
    gone: list[int] = []
    for each in counted:
        rules = rules_for(each.committee[:CHARACTERS_PER_TIER])
        new += _reached(each, rules, known[each.volunteer])
        for award in known[each.volunteer]:
            _judge(award, each.minutes, gone=gone, changed=changed)
    StarAward.objects.filter(pk__in=gone).delete()
    StarAward.objects.bulk_update(changed, ["state", "minutes", "reason", "proposed_at"])
    StarAward.objects.bulk_create(new)


def _reached(counted: _Counted, rules: Rules, awards: Iterable[StarAward]) -> Iterable[StarAward]:
    """Rungs that the hours cover and that are neither standing nor refused at as many hours."""
    standing = {each.stars for each in awards if each.state != StarState.WITHDRAWN}
    refused = _refused_at(awards)
    for stars, (rung, tier) in enumerate(zip(RUNGS, APPROVAL_TIERS, strict=True), start=1):
        needed = 60 * rules[rung]
        if stars in standing or counted.minutes < max(needed, refused.get(stars, -1) + 1):
            continue
        yield StarAward(
            committee_id=counted.committee,
            volunteer_id=counted.volunteer,
            stars=stars,
            state=StarState.REACHED,
            minutes=counted.minutes,
            needed=needed,
            approval_tier=rules[tier],
        )


def _refused_at(awards: Iterable[StarAward]) -> Mapping[int, int]:
    refused = (each for each in awards if each.state == StarState.WITHDRAWN)
    return {each.stars: each.minutes for each in refused}


def _judge(award: StarAward, minutes: int, *, gone: list[int], changed: list[StarAward]) -> None:
    """What becomes of a standing rung: a granted one is judged by the hours it was granted for."""
    covered = minutes >= award.needed
    moves: Mapping[tuple[str, bool], StarState] = {
        (StarState.GRANTED, False): StarState.DOUBTED,
        (StarState.DOUBTED, True): StarState.GRANTED,
    }
    if award.state == StarState.REACHED and not covered:
        gone.append(award.pk)
    elif (award.state, covered) in moves:
        award.state, award.minutes = moves[award.state, covered], minutes
        award.proposed_at = timezone.now()
        changed.append(award)
    elif award.state == StarState.DOUBTED and award.minutes != minutes:
        award.minutes = minutes
        changed.append(award)
