"""Merging two entries of one person, and taking it back.

Rows of other committees move too, which no policy lets anybody write: functions of the database
do it, and check by themselves that the caller answers for both entries.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.duplicates.models import Merge
from volunteers.registry.domain import rules
from volunteers.registry.models import Volunteer

__all__ = ["merge_volunteers", "undo_merge"]

_PROBLEMS = {
    "not_yours": gettext_lazy("Merging needs the right to both entries."),
    "same_entry": gettext_lazy("Choose two different entries."),
    "already_merged": gettext_lazy("One of the entries has been merged or sealed away already."),
    "not_voidable": gettext_lazy(
        "One of the records chosen cannot be settled here: another committee keeps it."
    ),
    "collides": gettext_lazy(
        "Both entries have records of the same time. Choose which of them does not count."
    ),
    "day_is_full": gettext_lazy(
        "Together a day would have more than 24 hours. Void what was recorded twice first."
    ),
    "sealing": gettext_lazy(
        "Erasure has been asked for, or the entry was disowned. Only the person can take that back."
    ),
    "sealed": gettext_lazy("The entry that stayed has been sealed away since."),
    "answered": gettext_lazy("This merge has been undone already."),
    "too_late": gettext_lazy("A merge can be undone for 30 days; this one is older."),
    "merged_again": gettext_lazy("The entry has been merged once more since. Undo that first."),
    "taken": gettext_lazy(
        "What was recorded since stands in the time of a record that would come back. Void one of "
        "them first."
    ),
}


@transaction.atomic
def merge_volunteers(
    survivor: Volunteer,
    merged: Volunteer,
    *,
    actor: Actor,
    reason: str,
    void: Collection[int] = (),
) -> Merge:
    """Everything of ``merged`` goes to ``survivor``, whose identity and account stay.

    ``void`` are ids of records that stand twice and shall not count; they come back with an undo.
    Where records of the same time are left over, nothing is done. The account of ``merged``, if
    there is one, is switched off and never given to the other. Raises `Refusal`.
    """
    actor.must("volunteers.merge")
    reason = rules.reason_given(reason)
    try:
        with transaction.atomic(), because(reason), connection.cursor() as cursor:
            cursor.execute(
                "SELECT made, problem FROM volunteers_merge_entries(%s, %s, %s, %s)",
                [survivor.pk, merged.pk, list(void), reason],
            )
            made, problem = cursor.fetchone()
            if problem:
                raise _refusal(problem)
    except IntegrityError as error:
        raise _refusal("collides") from error
    return Merge.objects.get(pk=made)


@transaction.atomic
def undo_merge(merge: Merge, *, actor: Actor, reason: str) -> Merge:
    """Both entries are again what they were, for 30 days after the merge.

    What was recorded since under the merged number goes along with it. Raises `Refusal`.
    """
    actor.must("volunteers.merge")
    reason = rules.reason_given(reason)
    try:
        with transaction.atomic(), because(reason), connection.cursor() as cursor:
            cursor.execute("SELECT volunteers_unmerge_entries(%s, %s)", [merge.pk, reason])
            (problem,) = cursor.fetchone()
            if problem:
                raise _refusal(problem)
    except IntegrityError as error:
        raise _refusal("taken") from error
    merge.refresh_from_db()
    return merge


def _refusal(problem: str) -> Refusal:
    return Refusal(str(_PROBLEMS.get(problem, _("Nothing was changed."))), code=problem)
