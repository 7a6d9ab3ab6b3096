"""Changes of many in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteers.bulk.models import BulkKind, BulkRow, Outcome
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import Change, Difference, also_changed_by
from volunteers.vocabulary.models import TermKind

__all__ = [
    "WHY_TEXTS",
    "ShownRow",
    "counted_rows",
    "shown_rows",
]

# Why somebody was left out, or was not put back, and what can be done about it.
WHY_TEXTS: Mapping[str, str | Promise] = {
    "already": _("already so"),
    "withdrawn": _("has withdrawn: take the person up again first"),
    "merged": _("was merged into another entry or sealed away"),
    "transfer": _("a transfer is asked for: let it be answered or taken back first"),
    "elsewhere": _(
        "belongs to another county: ask for a transfer, which the person and the receiving"
        " committee agree to"
    ),
    "minor": _("under 18, and no guardian's consent is on record"),
    "disowned": _("the person has said “this is not me”"),
    "erasing": _("the person asked to be erased; only they can take that back"),
    "too_many": _("has as many skills as are kept"),
    "gone": _("is not of your committee any more"),
    "changed_since": _("somebody changed the entry since"),
    "closed": _("the former committee has been closed"),
}
_TONES = {
    Outcome.WAITING: "waiting",
    Outcome.DONE: "good",
    Outcome.LEFT: "draft",
    Outcome.UNDONE: "active",
    Outcome.KEPT: "bad",
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One person of a change: ``person`` is None for who is not the reader's any more."""

    row: BulkRow
    person: Volunteer | None
    tone: str
    why: str


def shown_rows(rows: Iterable[BulkRow]) -> list[ShownRow]:
    """The rows with their people, as far as the reader may see them; two queries."""
    found = list(rows)
    people = Volunteer.objects.with_committee().in_bulk([row.volunteer_id for row in found])
    return [
        ShownRow(
            row,
            people.get(row.volunteer_id),
            _TONES[Outcome(row.outcome)],
            str(WHY_TEXTS.get(row.why, "")),
        )
        for row in found
    ]


def counted_rows(counted: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, str, int]]:
    """Tone, outcome, why and how many."""
    return [
        (_TONES[Outcome(outcome)], str(Outcome(outcome).label), str(WHY_TEXTS.get(why, "")), n)
        for outcome, why, n in counted
    ]


@also_changed_by
def words_changed(volunteer: Volunteer) -> list[Change]:
    """Languages, times and the like, of which the entry's own history does not know. One query."""
    rows = BulkRow.objects.filter(
        volunteer=volunteer,
        outcome__in=[Outcome.DONE, Outcome.UNDONE, Outcome.KEPT],
        change__term__isnull=False,
        change__done_at__isnull=False,
    ).exclude(change__term__kind=TermKind.SKILL)
    return [each for row in rows.select_related("change__term") for each in _told(row)]


def _told(row: BulkRow) -> Iterator[Change]:
    change = row.change
    if change.term is None or change.done_at is None:
        return
    label, name = str(change.term.get_kind_display()), change.term.name
    before, after = ("–", name) if change.kind == BulkKind.ADD_WORD else (name, "–")
    did = Difference(label, before, after)
    yield Change(change.done_at, change.user_label, change.reason, (did,))
    if row.outcome == Outcome.UNDONE and change.undone_at is not None:
        undid = Difference(label, after, before)
        yield Change(change.undone_at, change.undone_by_label, change.reason, (undid,))
