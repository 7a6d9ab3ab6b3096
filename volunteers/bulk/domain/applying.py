"""Doing it: the job's work, in its one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, Func, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs.errors import JobFailed
from core.tenancy.scope import because
from organizations.accounts.actors import Actor
from volunteers.bulk.domain.judging import STATE_OF_KIND, Verdict, Wanted, judge, wanted_of
from volunteers.bulk.domain.walking import newest_events, steps
from volunteers.bulk.models import BulkChange, BulkKind, BulkRow, Outcome
from volunteers.registry.models import Volunteer
from volunteers.vocabulary.models import Term, TermKind, VolunteerTerm

__all__ = ["apply_bulk"]

Progress = Callable[..., None]


def apply_bulk(change: BulkChange, *, actor: Actor, progress: Progress) -> BulkChange:
    """Changes everybody whom it can still be done to; the others are left out, with why.

    All or nothing, because the job's transaction holds it. Each entry is judged again under its
    lock, so what happened since the preview is never written over. Raises `JobFailed` where it
    was done already.
    """
    actor.must("volunteers.bulk")
    locked = BulkChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if locked.done_at is not None:
        raise JobFailed(_("This change has been made already."))
    wanted = wanted_of(locked)
    total = locked.rows.in_outcome(Outcome.WAITING).count()
    done = left = 0
    progress(0, total)
    for rows, people in steps(locked, Outcome.WAITING, reach=actor.scope.committee):
        left += _step(rows, people, wanted)
        done += len(rows)
        progress(done, total, refused=left)
    locked.done_at = timezone.now()
    locked.save(update_fields=["done_at"])
    return locked


def _step(rows: Sequence[BulkRow], people: dict[int, Volunteer], wanted: Wanted) -> int:
    """Changes some, and says of how many nothing was changed."""
    verdicts = {each.person.pk: each for each in judge(wanted, people.values())}
    changing = [each for each in verdicts.values() if not each.why]
    before = {each.person.pk: _before(each, wanted) for each in changing}
    with because(wanted.reason):
        added = _write(changing, wanted)
    events = newest_events(before)
    for row in rows:
        if (key := row.volunteer_id) in before:
            row.outcome, row.before = Outcome.DONE, before[key]
            row.before |= {"term": added[key]} if key in added else {}
            row.event = events.get(key, 0)
        else:
            row.outcome = Outcome.LEFT
            row.why = verdicts[key].why if key in verdicts else "gone"
    BulkRow.objects.bulk_update(rows, ["outcome", "why", "before", "event"])
    return len(rows) - len(changing)


def _before(verdict: Verdict, wanted: Wanted) -> dict[str, Any]:
    person = verdict.person
    if wanted.kind in STATE_OF_KIND:
        return {"state": person.state, "back": person.back_on and person.back_on.isoformat()}
    if wanted.kind == BulkKind.MOVE:
        return {"committee": person.committee_id}
    until = verdict.until.isoformat() if verdict.until else None
    return {"skills": person.skills, "term": verdict.term, "until": until}


def _write(changing: Sequence[Verdict], wanted: Wanted) -> dict[int, int]:
    """Writes the entries; the ids of words that were added, by person."""
    people = [each.person for each in changing]
    entries = Volunteer.objects.filter(pk__in=[person.pk for person in people])
    if wanted.kind in STATE_OF_KIND:
        entries.update(state=STATE_OF_KIND[wanted.kind], back_on=wanted.back_on)
    elif wanted.destination is not None:
        entries.update(committee=wanted.destination)
    elif wanted.term is not None and wanted.kind == BulkKind.ADD_WORD:
        return _add(people, wanted.term)
    elif wanted.term is not None:
        _drop(changing, wanted.term)
    return {}


def _add(people: Sequence[Volunteer], term: Term) -> dict[int, int]:
    made = VolunteerTerm.objects.bulk_create(
        VolunteerTerm(volunteer=person, committee_id=person.committee_id, term=term)
        for person in people
    )
    if term.kind == TermKind.SKILL:
        lacking = [person.pk for person in people if term.name not in person.skills]
        _set_skills(lacking, Func(F("skills"), Value(term.name), function="array_append"))
    return {each.volunteer_id: each.pk for each in made}


def _drop(changing: Sequence[Verdict], term: Term) -> None:
    VolunteerTerm.objects.filter(pk__in=[each.term for each in changing if each.term]).delete()
    if term.kind == TermKind.SKILL:
        words = {term.name, *term.also}
        having = [each.person.pk for each in changing if words.intersection(each.person.skills)]
        kept: Any = F("skills")
        for word in sorted(words):
            kept = Func(kept, Value(word), function="array_remove")
        _set_skills(having, kept)


def _set_skills(keys: Sequence[int], skills: Func) -> None:
    Volunteer.objects.filter(pk__in=keys).update(skills=skills)
