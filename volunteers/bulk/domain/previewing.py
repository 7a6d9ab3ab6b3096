"""What a change would do, before anything is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from organizations.accounts.actors import Actor
from volunteers.bulk.domain.choosing import Choice, people_chosen
from volunteers.bulk.domain.judging import Verdict, Wanted, judge

__all__ = ["Preview", "preview_bulk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Everybody chosen, judged; ``outside`` counts ticked numbers that are not the actor's.

    ``digest`` names exactly this: what is wanted and to whom. Whoever agreed to it agreed to
    nothing else.
    """

    verdicts: Sequence[Verdict]
    outside: int
    digest: str

    @property
    def changing(self) -> list[Verdict]:
        """Those to whom it can be done."""
        return [each for each in self.verdicts if not each.why]

    @property
    def left(self) -> dict[str, list[Verdict]]:
        """Those left out, by why."""
        found: dict[str, list[Verdict]] = {}
        for each in self.verdicts:
            if each.why:
                found.setdefault(each.why, []).append(each)
        return found


def preview_bulk(choice: Choice, wanted: Wanted, *, actor: Actor) -> Preview:
    """Judges everybody chosen; at most four queries. Raises `Refusal` as `people_chosen` does."""
    actor.must("volunteers.bulk")
    people, outside = people_chosen(choice, reach=actor.scope.committee)
    verdicts = judge(wanted, people)
    return Preview(verdicts=verdicts, outside=outside, digest=_digest(wanted, verdicts))


def _digest(wanted: Wanted, verdicts: Sequence[Verdict]) -> str:
    said = (
        wanted.kind.value,
        wanted.term.pk if wanted.term else None,
        wanted.destination.pk if wanted.destination else None,
        wanted.back_on.isoformat() if wanted.back_on else None,
        [(each.person.pk, each.why) for each in verdicts],
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()
