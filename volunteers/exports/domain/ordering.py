"""Asking for a list as a file."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.jobs.domain import enqueue_job
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.disclosure.models import Disclosure
from volunteers.exports.models import Export, ExportForm, ExportKind
from volunteers.registry.domain import reason_given
from volunteers.registry.summary import Sought, sought_by

__all__ = ["EXPORT_JOB", "order_export"]

EXPORT_JOB = "exports.write"


@transaction.atomic
def order_export(
    *,
    actor: Actor,
    kind: ExportKind,
    form: ExportForm,
    committee: Committee,
    asked: Mapping[str, str],
    reason: str,
    nonce: UUID,
    disclosure: Disclosure | None = None,
) -> Export:
    """Leaves the writing to a job; the row is the log of who took what along.

    Full data come with an open ``disclosure`` of the actor's own and in no other way.

    ``asked`` are the list's own filters. A ``nonce`` that was seen before answers with the export
    it made then. Everybody on the list can read the ``reason``. Raises `Refusal` without one, and
    where the list was found by a telephone or identity number: that would be kept in clear.
    """
    actor.must("exports.make")
    if kind == ExportKind.DISCLOSURES:
        actor.must("volunteers.reveals.view")
    if kind == ExportKind.OPENED:
        _check_open(disclosure, actor)
    if actor.user is None:
        raise Refusal(_("Sign in to do this."), code="no_account")
    if sought_by(asked.get("q", "")) == Sought.NUMBER:
        message = _("A list found by a number is not exported. Take the number out of the search.")
        raise Refusal(message, code="found_by_number", field="q")
    said = reason_given(reason)
    if earlier := Export.objects.of_user(actor.user.pk).filter(nonce=nonce).first():
        return earlier
    export = Export.objects.create(
        committee=committee,
        kind=kind,
        form=form,
        asked={name: value for name, value in asked.items() if value},
        reason=said,
        disclosure=disclosure if kind == ExportKind.OPENED else None,
        user=actor.user,
        user_label=actor.label,
        nonce=nonce,
    )
    title = _("{what} of {committee}").format(what=kind.label, committee=committee.name)
    job = enqueue_job(
        kind=EXPORT_JOB, parameters={"export": export.pk}, actor=actor, title=title, nonce=nonce
    )
    export.job_id = job.pk
    export.save(update_fields=["job_id"])
    return export


def _check_open(disclosure: Disclosure | None, actor: Actor) -> None:
    actor.must("volunteers.reveal")
    own = disclosure is not None and disclosure.asked_by_id == actor.scope.user
    if disclosure is None or not own or not disclosure.is_open:
        message = _("This access is not open to you. Ask for it, or ask again.")
        raise Refusal(message, code="not_open")
