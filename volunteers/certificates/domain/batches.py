"""Certificates for many at once: one job, one period, whoever has confirmed service in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.jobs.domain import enqueue_job
from core.jobs.models import Job
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.bulk.domain import Choice as People
from volunteers.bulk.domain import people_chosen
from volunteers.certificates.domain.issuing import Choice, issue_certificate, period_given
from volunteers.registry.models import Volunteer

__all__ = ["ISSUE_JOB", "MOST_IN_BATCH", "Issued", "issue_batch", "order_batch"]

ISSUE_JOB = "certificates.issue"
# What one request still prints; the numbers of their committees are held until all are made.
MOST_IN_BATCH = 1000
_TOLD_EVERY = 10


@dataclass(frozen=True, slots=True)
class Issued:
    """How many certificates a batch holds, and how many people had nothing to certify."""

    batch: UUID
    made: int
    left_out: int


@transaction.atomic
def order_batch(people: People, period: Choice, *, actor: Actor, nonce: UUID) -> Job:
    """Fixes who is chosen and leaves the issuing to a job; ``nonce`` becomes the batch.

    Raises `Refusal` for nobody, for more than `MOST_IN_BATCH` and for a period that ends early.
    """
    actor.must("certificates.issue")
    period_given(period)
    chosen, _outside = people_chosen(people, reach=actor.scope.committee)
    if len(chosen) > MOST_IN_BATCH:
        message = _("That are more than {most} people. Narrow the list and issue in parts.")
        raise Refusal(message.format(most=f"{MOST_IN_BATCH:,}"), code="too_many")
    title = ngettext("Certificates for {n} person", "Certificates for {n} people", len(chosen))
    return enqueue_job(
        kind=ISSUE_JOB,
        parameters={
            "people": [person.pk for person in chosen],
            "first_on": period.first_on.isoformat(),
            "last_on": period.last_on.isoformat(),
            "batch": str(nonce),
        },
        actor=actor,
        title=title.format(n=f"{len(chosen):,}"),
        nonce=nonce,
    )


@transaction.atomic
def issue_batch(asked: Mapping[str, Any], *, actor: Actor, progress: Callable[..., None]) -> Issued:
    """A certificate for each whom ``asked`` (the job's parameters) names and who served.

    A person's nonce follows from the batch: done twice, it finds what it made. Raises `Refusal`
    where nobody has anything to certify.
    """
    actor.must("certificates.issue")
    batch = UUID(asked["batch"])
    first_on, last_on = (date.fromisoformat(asked[name]) for name in ("first_on", "last_on"))
    period = Choice(first_on=first_on, last_on=last_on)
    # In the order of committees: two batches take the numbers in the same order.
    people = Volunteer.objects.filter(pk__in=asked["people"]).prefetch_related("committee")
    made = left_out = 0
    for place, person in enumerate(people.order_by("committee_id", "pk"), start=1):
        nonce = uuid5(batch, str(person.pk))
        try:
            issue_certificate(person, actor=actor, choice=period, nonce=nonce, batch=batch)
        except Refusal as refused:
            if refused.code != "nothing":
                raise
            left_out += 1
        else:
            made += 1
        if place % _TOLD_EVERY == 0:
            progress(place, len(asked["people"]), refused=left_out)
    progress(len(asked["people"]), len(asked["people"]), refused=left_out)
    if not made:
        message = _("Nobody of those chosen has confirmed service in that period.")
        raise Refusal(message, code="nothing")
    return Issued(batch, made, left_out)
