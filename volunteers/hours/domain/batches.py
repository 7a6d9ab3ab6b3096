"""Many records at once: locked in one order, judged one by one, changed in one statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from core.web.refusals import Refusal
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet

__all__ = ["Batch", "BatchResult", "LeftOut", "Locked", "Why", "lock_batch"]

# One statement of a sheet with 50,000 rows could outlast the limit on statements.
STATEMENT_ROWS = 5_000


class Why(StrEnum):
    """Why a record of a batch was left out."""

    OWN_ENTRY = "own_entry"
    OWN_SERVICE = "own_service"
    ACCESS_FROM_ENTERER = "access_from_enterer"
    NO_EVIDENCE = "no_evidence"
    NOT_SUBMITTED = "not_submitted"
    NOT_DRAFT = "not_draft"
    NOT_CONFIRMED_BY_YOU = "not_confirmed_by_you"
    CONFIRMED_LONG_AGO = "confirmed_long_ago"
    ALREADY_VOID = "already_void"


_RULES = {
    Why.OWN_ENTRY: ngettext_lazy(
        "%(n)d record was entered by you; a second person confirms it.",
        "%(n)d records were entered by you; a second person confirms them.",
        "n",
    ),
    Why.OWN_SERVICE: ngettext_lazy(
        "%(n)d record is your own service; somebody else confirms it.",
        "%(n)d records are your own service; somebody else confirms them.",
        "n",
    ),
    Why.ACCESS_FROM_ENTERER: ngettext_lazy(
        "%(n)d record was entered by who gave you your password in the last 30 days;"
        " a third person confirms it.",
        "%(n)d records were entered by who gave you your password in the last 30 days;"
        " a third person confirms them.",
        "n",
    ),
    Why.NO_EVIDENCE: ngettext_lazy(
        "%(n)d record was entered afterwards without evidence; add a picture of the sign-in sheet.",
        "%(n)d records were entered afterwards without evidence;"
        " add a picture of the sign-in sheet.",
        "n",
    ),
    Why.NOT_SUBMITTED: ngettext_lazy(
        "%(n)d record is not awaiting confirmation.",
        "%(n)d records are not awaiting confirmation.",
        "n",
    ),
    Why.NOT_DRAFT: ngettext_lazy(
        "%(n)d record is no draft.",
        "%(n)d records are no drafts.",
        "n",
    ),
    Why.NOT_CONFIRMED_BY_YOU: ngettext_lazy(
        "%(n)d record was not confirmed by you; void it with a reason instead.",
        "%(n)d records were not confirmed by you; void them with a reason instead.",
        "n",
    ),
    Why.CONFIRMED_LONG_AGO: ngettext_lazy(
        "%(n)d record was confirmed more than a day ago; void it with a reason instead.",
        "%(n)d records were confirmed more than a day ago; void them with a reason instead.",
        "n",
    ),
    Why.ALREADY_VOID: ngettext_lazy(
        "%(n)d record is void already.",
        "%(n)d records are void already.",
        "n",
    ),
}


class Locked(NamedTuple):
    """What is judged of a record, read while its row is locked."""

    pk: int
    state: str
    minutes: int
    volunteer_id: int
    sheet_id: int
    source: str
    recorded_by_id: int | None
    confirmed_by_id: int | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that the rule did not let through."""

    why: Why
    count: int

    @property
    def sentence(self) -> str:
        """The rule, with the number of records, in the reader's language."""
        return _RULES[self.why] % {"n": self.count}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """What became of a batch.

    ``minutes`` and ``people`` are of the ``count`` records changed. ``first`` and ``last`` are the
    smallest and largest id among them, and ``moment`` is the time written into all of them:
    together with the actor they name the batch again.
    """

    count: int
    minutes: int
    people: int
    left_out: tuple[LeftOut, ...]
    first: int
    last: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Locked records, parted into those that pass and those left out."""

    passed: Sequence[Locked]
    left_out: tuple[LeftOut, ...]

    @property
    def ids(self) -> list[int]:
        """Of the records that pass, ascending."""
        return [row.pk for row in self.passed]

    def write(self, **values: Any) -> None:
        """Writes ``values`` into the records that pass."""
        ids = self.ids
        for start in range(0, len(ids), STATEMENT_ROWS):
            part = ids[start : start + STATEMENT_ROWS]
            ServiceRecord.objects.with_ids(part).update(**values)

    def result(self, moment: datetime) -> BatchResult:
        """The summary, once the change is written."""
        return BatchResult(
            count=len(self.passed),
            minutes=sum(row.minutes for row in self.passed),
            people=len({row.volunteer_id for row in self.passed}),
            left_out=self.left_out,
            first=self.passed[0].pk,
            last=self.passed[-1].pk,
            moment=moment,
        )


def lock_batch(records: ServiceRecordQuerySet, judge: Callable[[Locked], Why | None]) -> Batch:
    """Locks ``records`` by ascending id and asks ``judge`` of each why it must be left out.

    Raises `Refusal` when none pass.
    """
    # One order for everybody: two batches that share records wait instead of deadlocking.
    rows = records.order_by("pk").select_for_update().values_list(*Locked._fields)
    passed: list[Locked] = []
    reasons: Counter[Why] = Counter()
    for row in map(Locked._make, rows):
        why = judge(row)
        if why is None:
            passed.append(row)
        else:
            reasons[why] += 1
    left_out = tuple(LeftOut(why, count) for why, count in reasons.items())
    if not passed:
        raise _nothing_passed(left_out)
    return Batch(passed, left_out)


def _nothing_passed(left_out: Sequence[LeftOut]) -> Refusal:
    if not left_out:
        return Refusal(_("No record is chosen."), code="nothing_chosen")
    return Refusal(" ".join(each.sentence for each in left_out), code=str(left_out[0].why))
