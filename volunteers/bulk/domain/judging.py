"""What is wanted of everybody chosen, and whom it can be done to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from core.tenancy.keys import CHARACTERS_PER_TIER, parent_key
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee, Level
from volunteers.bulk.models import BulkChange, BulkKind
from volunteers.claims.models import Claim, ClaimState
from volunteers.privacy.models import PrivacyRequest
from volunteers.registry.domain import (
    MOST_SKILLS,
    STATES_BEFORE,
    back_on_given,
    committee_given,
    reason_given,
)
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.transfers.models import Transfer
from volunteers.vocabulary.models import Term, TermKind, VolunteerTerm

__all__ = ["STATE_OF_KIND", "Verdict", "Wanted", "judge", "under_transfer", "wanted_given"]

STATE_OF_KIND = {
    BulkKind.PAUSE: VolunteerState.PAUSED,
    BulkKind.REACTIVATE: VolunteerState.ACTIVE,
    BulkKind.WITHDRAW: VolunteerState.WITHDRAWN,
}
_COUNTY_CHARACTERS = 3 * CHARACTERS_PER_TIER


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be done, checked; `wanted_given` makes it."""

    kind: BulkKind
    reason: str
    term: Term | None = None
    destination: Committee | None = None
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person, and why not; an empty ``why`` says that it can be done.

    ``term`` and ``until`` are the person's row of the word wanted, where there is one.
    """

    person: Volunteer
    why: str = ""
    term: int | None = None
    until: date | None = None


def wanted_given(
    *,
    actor: Actor,
    kind: BulkKind,
    reason: str,
    term: Term | None = None,
    destination: Committee | None = None,
    back_on: date | None = None,
) -> Wanted:
    """Checks what concerns everybody alike.

    Raises `Refusal` without a reason, word or place where one is needed, for a licence, whose last
    day is each person's own, and for a place that takes no volunteers of the actor's.
    """
    said = reason_given(reason)
    if kind in {BulkKind.ADD_WORD, BulkKind.DROP_WORD}:
        if term is None or term.kind == TermKind.LICENCE:
            raise Refusal(_("Choose the word."), code="term_missing", field="term")
        return Wanted(kind=kind, reason=said, term=term)
    if kind == BulkKind.MOVE:
        if destination is None:
            raise Refusal(_("Choose the township."), code="no_place", field="destination")
        try:
            place = committee_given(destination, actor=actor)
        except Refusal as refused:
            raise Refusal(str(refused), code=refused.code, field="destination") from refused
        return Wanted(kind=kind, reason=said, destination=place)
    day = back_on_given(back_on) if kind == BulkKind.PAUSE else None
    return Wanted(kind=kind, reason=said, back_on=day)


def wanted_of(change: BulkChange) -> Wanted:
    """What an earlier officer wanted, as it was kept."""
    return Wanted(
        kind=BulkKind(change.kind),
        reason=change.reason,
        term=change.term,
        destination=change.destination,
        back_on=change.back_on,
    )


def judge(wanted: Wanted, people: Iterable[Volunteer]) -> list[Verdict]:
    """Each person in their order, with why not; at most three queries, however many they are."""
    everybody = list(people)
    facts = _facts(wanted, everybody)
    rule = _RULES[wanted.kind]
    return [
        Verdict(
            person,
            _general(wanted, person, facts) or rule(wanted, person, facts),
            *facts.held.get(person.pk, (None, None)),
        )
        for person in everybody
    ]


def under_transfer(people: Iterable[int]) -> set[int]:
    """Those of whom somebody asks that they belong to another committee."""
    waiting = Transfer.objects.waiting().filter(volunteer_id__in=people)
    return set(waiting.values_list("volunteer_id", flat=True))


@dataclass(frozen=True, slots=True)
class _Facts:
    transfers: set[int] = field(default_factory=set)
    disowned: set[int] = field(default_factory=set)
    erasing: set[int] = field(default_factory=set)
    # Whose word it is: the row's id, and until when a licence is valid.
    held: Mapping[int, tuple[int, date | None]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)


def _facts(wanted: Wanted, people: list[Volunteer]) -> _Facts:
    keys = [person.pk for person in people]
    if wanted.term is not None:
        rows = VolunteerTerm.objects.filter(term=wanted.term, volunteer_id__in=keys)
        return _Facts(
            held={
                person: (pk, until)
                for person, pk, until in rows.values_list("volunteer_id", "pk", "valid_until")
            }
        )
    disowned = Claim.objects.filter(volunteer_id__in=keys, state=ClaimState.DISOWNED)
    erasing = PrivacyRequest.objects.open().sealing().filter(volunteer_id__in=keys)
    paths = {person.committee_id for person in people}
    levels = Committee.objects.filter(path__in=paths) if wanted.destination else None
    return _Facts(
        transfers=under_transfer(keys),
        disowned=set(disowned.values_list("volunteer_id", flat=True)),
        erasing=set(erasing.values_list("volunteer_id", flat=True)),
        levels=dict(levels.values_list("path", "level")) if levels is not None else {},
    )


def _general(wanted: Wanted, person: Volunteer, facts: _Facts) -> str:
    if person.state in {VolunteerState.MERGED, VolunteerState.ERASED}:
        return "merged"
    if person.pk in facts.transfers:
        return "transfer"
    if person.state == VolunteerState.WITHDRAWN and wanted.kind not in STATE_OF_KIND:
        return "withdrawn"
    return ""


def _state(wanted: Wanted, person: Volunteer, facts: _Facts) -> str:
    state = STATE_OF_KIND[wanted.kind]
    if person.state == state:
        return "already"
    if person.state not in STATES_BEFORE[state]:
        return "withdrawn"
    if state == VolunteerState.ACTIVE:
        if person.pk in facts.disowned:
            return "disowned"
        if person.pk in facts.erasing:
            return "erasing"
        if person.is_minor and person.guardian_consent_on is None:
            return "minor"
    return ""


def _place(wanted: Wanted, person: Volunteer, facts: _Facts) -> str:
    place = wanted.destination
    if place is None or person.committee_id == place.path:
        return "already"
    here = person.committee_id
    if here[:_COUNTY_CHARACTERS] == place.path[:_COUNTY_CHARACTERS]:
        return ""
    # A city without counties: its townships are its third tier.
    siblings = len(here) == len(place.path) and parent_key(here) == parent_key(place.path)
    both_townships = place.level == Level.TOWNSHIP == facts.levels.get(here)
    return "" if siblings and both_townships else "elsewhere"


def _added(wanted: Wanted, person: Volunteer, facts: _Facts) -> str:
    if person.pk in facts.held:
        return "already"
    term = wanted.term
    if term is not None and term.kind == TermKind.SKILL and term.name not in person.skills:
        return "too_many" if len(person.skills) >= MOST_SKILLS else ""
    return ""


def _dropped(wanted: Wanted, person: Volunteer, facts: _Facts) -> str:
    term = wanted.term
    if person.pk in facts.held or term is None:
        return ""
    written = term.kind == TermKind.SKILL and {term.name, *term.also}.intersection(person.skills)
    return "" if written else "already"


_RULES: Mapping[BulkKind, Callable[[Wanted, Volunteer, _Facts], str]] = {
    BulkKind.PAUSE: _state,
    BulkKind.REACTIVATE: _state,
    BulkKind.WITHDRAW: _state,
    BulkKind.MOVE: _place,
    BulkKind.ADD_WORD: _added,
    BulkKind.DROP_WORD: _dropped,
}
