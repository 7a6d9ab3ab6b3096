"""Certificates with QR code, seal and PDF/A-2b: one by one from a warm compiler, and one document.

Each lists at most four services and is another person's, as a school's batch is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from uuid import uuid4

from django.db import transaction

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.benchmarks.figures import Figure, at_least, told
from tests.benchmarks.stage import Area, Stage
from volunteers.certificates.domain import Choice, certificates_as_pdf, issue_certificate
from volunteers.certificates.domain.holders import holders_for_office
from volunteers.certificates.models import Certificate, SealState
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["measure"]

CERTIFICATES = 300
WARM_UP = 10
LIMIT_ALONE = 400.0
LIMIT_TOGETHER = 3000.0


def measure(stage: Stage) -> list[Figure]:
    """Issued by the busiest county for its own people, then printed; nothing of it stays."""
    with _issued(stage.county) as (issuing, certificates):
        alone = _printed([[each] for each in certificates])
        together = _printed([certificates])
    return [
        told("issued, with signature, serial number and history", issuing, "/s"),
        at_least("printed one by one, each a file", alone, "/s", limit=LIMIT_ALONE),
        at_least("printed in one document", together, "/s", limit=LIMIT_TOGETHER),
    ]


@contextmanager
def _issued(area: Area) -> Iterator[tuple[float, Sequence[Certificate]]]:
    """How many a second were issued, and sealed certificates; taken back at the end."""
    with acting_as(area.actor.scope, statement_timeout_ms=0), transaction.atomic():
        people = Volunteer.objects.below(area.path).select_related("committee").order_by("pk")
        days = ServiceRecord.objects.standing().confirmed().below(area.path).order_by("served_on")
        first, last = days.first(), days.last()
        assert first is not None
        assert last is not None
        choice = Choice(first_on=first.served_on, last_on=last.served_on)
        made: list[Certificate] = []
        began = perf_counter()
        for person in people.iterator():
            if len(made) == CERTIFICATES + WARM_UP:
                break
            try:
                made.append(
                    issue_certificate(person, actor=area.actor, choice=choice, nonce=uuid4())
                )
            except Refusal as refused:
                if refused.code != "nothing":
                    raise
        rate = len(made) / (perf_counter() - began)
        for certificate in made:
            certificate.lines = certificate.lines[:4]
            # In memory alone: nobody sealed it.
            certificate.seal_state = SealState.APPLIED
        yield rate, made
        transaction.set_rollback(True)


def _printed(files: Sequence[Sequence[Certificate]]) -> float:
    """Certificates a second, after some that warm the compiler up."""
    warm, measured = files[:WARM_UP], files[WARM_UP:] or files
    for certificates in warm if len(files) > 1 else ():
        _print(certificates)
    began = perf_counter()
    for certificates in measured:
        _print(certificates)
    return sum(map(len, measured)) / (perf_counter() - began)


def _print(certificates: Sequence[Certificate]) -> None:
    made = certificates_as_pdf(
        certificates,
        holder=holders_for_office(certificates),
        address_of=lambda each: f"https://volunteers.example/verify/{each.code}/",
    )
    assert made is not None
