"""Taking it back: what the change did and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs.errors import JobFailed
from core.tenancy.scope import because
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.bulk.domain.applying import Progress
from volunteers.bulk.domain.judging import STATE_OF_KIND, under_transfer
from volunteers.bulk.domain.walking import newest_events, steps
from volunteers.bulk.models import BulkChange, BulkKind, BulkRow, Outcome
from volunteers.registry.models import Volunteer
from volunteers.vocabulary.models import VolunteerTerm

__all__ = ["undo_bulk"]


def undo_bulk(change: BulkChange, *, actor: Actor, progress: Progress) -> BulkChange:
    """Puts back what the change did, all or nothing in the job's transaction.

    Whoever was changed since, has left the actor's reach or would come back to a closed committee
    stays as they are, with why. Raises `JobFailed` where it is too late.
    """
    actor.must("volunteers.bulk")
    locked = BulkChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not locked.may_be_undone:
        raise JobFailed(_("This change cannot be undone any more."))
    total = locked.rows.in_outcome(Outcome.DONE).count()
    done = kept = 0
    progress(0, total)
    reason = _("Put back: {what} ({reason})").format(what=locked.title, reason=locked.reason)
    for rows, people in steps(locked, Outcome.DONE, reach=actor.scope.committee):
        kept += _step(locked, rows, people, reason[:200])
        done += len(rows)
        progress(done, total, refused=kept)
    locked.undone_at, locked.undone_by_label = timezone.now(), actor.label
    locked.save(update_fields=["undone_at", "undone_by_label"])
    return locked


@dataclass(frozen=True, slots=True)
class _Since:
    """What happened to some people since: read once for all of them."""

    people: Mapping[int, Volunteer]
    events: Mapping[int, int]
    # Ids of the person's row of the word, where the change was about one.
    words: Mapping[int, int]
    transfers: set[int]
    open_places: set[str]


def _step(
    change: BulkChange, rows: Sequence[BulkRow], people: dict[int, Volunteer], reason: str
) -> int:
    since = _since(change, rows, people)
    back = []
    for row in rows:
        row.why = _why_not(change, row, since)
        row.outcome = Outcome.KEPT if row.why else Outcome.UNDONE
        if not row.why:
            back.append(row)
    with because(reason):
        _put_back(change, back, people)
    BulkRow.objects.bulk_update(rows, ["outcome", "why"])
    return len(rows) - len(back)


def _since(change: BulkChange, rows: Sequence[BulkRow], people: dict[int, Volunteer]) -> _Since:
    held = VolunteerTerm.objects.filter(volunteer_id__in=people, term=change.term_id)
    places = {row.before.get("committee") for row in rows} - {None}
    here = Committee.objects.existing_on(timezone.localdate()).filter(path__in=places)
    return _Since(
        people=people,
        events=newest_events(people),
        words=dict(held.values_list("volunteer_id", "pk")) if change.term_id else {},
        transfers=set() if change.term_id else under_transfer(people),
        open_places=set(here.values_list("path", flat=True)) if places else set(),
    )


def _why_not(change: BulkChange, row: BulkRow, since: _Since) -> str:
    key = row.volunteer_id
    if key not in since.people:
        return "gone"
    if since.events.get(key, 0) > (row.event or 0):
        return "changed_since"
    if key in since.transfers:
        return "transfer"
    if change.kind == BulkKind.MOVE and row.before["committee"] not in since.open_places:
        return "closed"
    word = since.words.get(key)
    wanted = row.before.get("term") if change.kind == BulkKind.ADD_WORD else None
    return "changed_since" if word != wanted else ""


def _put_back(change: BulkChange, rows: Iterable[BulkRow], people: dict[int, Volunteer]) -> None:
    if change.kind in STATE_OF_KIND:
        for (state, back), keys in _grouped(rows, "state", "back").items():
            day = date.fromisoformat(back) if back else None
            Volunteer.objects.filter(pk__in=keys).update(state=state, back_on=day)
    elif change.kind == BulkKind.MOVE:
        for (path,), keys in _grouped(rows, "committee").items():
            Volunteer.objects.filter(pk__in=keys).update(committee_id=path)
    else:
        _put_words_back(change, list(rows), people)


def _put_words_back(
    change: BulkChange, rows: Sequence[BulkRow], people: dict[int, Volunteer]
) -> None:
    if change.kind == BulkKind.ADD_WORD:
        added = [row.before["term"] for row in rows]
        VolunteerTerm.objects.filter(pk__in=added).delete()
    elif change.term is not None:
        VolunteerTerm.objects.bulk_create(
            VolunteerTerm(
                volunteer_id=row.volunteer_id,
                committee_id=people[row.volunteer_id].committee_id,
                term=change.term,
                valid_until=row.before["until"],
            )
            for row in rows
            if row.before["term"]
        )
    changed = []
    for row in rows:
        person = people[row.volunteer_id]
        if person.skills != row.before["skills"]:
            person.skills = row.before["skills"]
            changed.append(person)
    Volunteer.objects.bulk_update(changed, ["skills"])


def _grouped(rows: Iterable[BulkRow], *names: str) -> dict[tuple[Any, ...], list[int]]:
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.before[name] for name in names)].append(row.volunteer_id)
    return groups
