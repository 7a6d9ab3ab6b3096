"""Leaving a change, or its undoing, to a job."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.jobs.domain import enqueue_job
from core.jobs.models import Job
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.bulk.domain.choosing import Choice
from volunteers.bulk.domain.judging import Wanted
from volunteers.bulk.domain.previewing import Preview, preview_bulk
from volunteers.bulk.models import BulkChange, BulkRow, Outcome

__all__ = ["BULK_JOB", "UNDO_JOB", "order_bulk", "order_undo"]

BULK_JOB = "bulk.apply"
UNDO_JOB = "bulk.undo"
_ROWS_AT_ONCE = 2_000


@transaction.atomic
def order_bulk(
    choice: Choice, wanted: Wanted, *, digest: str, nonce: UUID, actor: Actor
) -> BulkChange:
    """Fixes who is chosen and leaves the change to a job.

    ``digest`` is that of the preview that the actor agreed to; a ``nonce`` seen before answers
    with the change it made then. Raises `Refusal` with the code ``changed_meanwhile`` where the
    same question has another answer by now, and where nobody is left to change.
    """
    actor.must("volunteers.bulk")
    if actor.user is None:
        raise Refusal(_("Sign in to do this."), code="no_account")
    if earlier := BulkChange.objects.of_user(actor.user.pk).filter(nonce=nonce).first():
        return earlier
    preview = preview_bulk(choice, wanted, actor=actor)
    if preview.digest != digest:
        message = _("The people chosen, or what was asked, have changed. Look once more.")
        raise Refusal(message, code="changed_meanwhile")
    if not preview.changing:
        raise Refusal(_("There is nobody to change."), code="nobody_left")
    change = BulkChange.objects.create(
        committee_id=actor.scope.committee,
        kind=wanted.kind,
        term=wanted.term,
        destination=wanted.destination,
        back_on=wanted.back_on,
        reason=wanted.reason,
        chosen=len(preview.verdicts),
        user=actor.user,
        user_label=actor.label,
        nonce=nonce,
    )
    _keep_rows(change, preview)
    number = len(preview.changing)
    title = ngettext("{what} · {n} person", "{what} · {n} people", number)
    job = enqueue_job(
        kind=BULK_JOB,
        parameters={"change": change.pk},
        actor=actor,
        title=title.format(what=change.title, n=f"{number:,}"),
        nonce=nonce,
    )
    change.job_id = job.pk
    change.save(update_fields=["job_id"])
    return change


@transaction.atomic
def order_undo(change: BulkChange, *, actor: Actor) -> Job:
    """Leaves taking it back to a job.

    Raises `Refusal` before it is done, once it is undone, and after its time.
    """
    actor.must("volunteers.bulk")
    locked = BulkChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not locked.may_be_undone:
        message = _("This change cannot be undone: it is not done yet, undone, or too old.")
        raise Refusal(message, code="too_late")
    title = _("Undo: {what}").format(what=locked.title)
    return enqueue_job(
        kind=UNDO_JOB, parameters={"change": locked.pk}, actor=actor, title=title, nonce=uuid4()
    )


def _keep_rows(change: BulkChange, preview: Preview) -> None:
    BulkRow.objects.bulk_create(
        (
            BulkRow(
                change=change,
                committee_id=change.committee_id,
                volunteer=each.person,
                number=each.person.number,
                outcome=Outcome.LEFT if each.why else Outcome.WAITING,
                why=each.why,
            )
            for each in preview.verdicts
        ),
        batch_size=_ROWS_AT_ONCE,
    )
