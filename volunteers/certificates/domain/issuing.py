"""Issuing a certificate, and taking one back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crypto.masks import mask_name
from core.web.refusals import Refusal
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from volunteers.certificates.domain.signing import sign_certificate
from volunteers.certificates.models import Certificate, CertificateState
from volunteers.certificates.queries import next_serial
from volunteers.claims.models import ClaimState
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet
from volunteers.registry.domain import reason_given
from volunteers.registry.models import Volunteer

__all__ = [
    "MOST_RECORDS",
    "Choice",
    "certifiable",
    "issue_certificate",
    "period_given",
    "withdraw_certificate",
]

# Some sixty pages.
MOST_RECORDS = 2000
_CHOSEN_CHARACTERS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a certificate is to hold; both days included, no organisation or title means all."""

    first_on: date
    last_on: date
    organizations: tuple[int, ...] = ()
    activities: tuple[str, ...] = ()


def certifiable(volunteer_id: int) -> ServiceRecordQuerySet:
    """Confirmed and standing records of that volunteer, among those that the actor sees.

    None of an entry that the person has disowned: whose service it was is not known.
    """
    theirs = ServiceRecord.objects.standing().confirmed().filter(volunteer_id=volunteer_id)
    return theirs.exclude(volunteer__claim__state=ClaimState.DISOWNED)


@transaction.atomic
def issue_certificate(
    volunteer: Volunteer,
    *,
    actor: Actor,
    choice: Choice,
    full_number: bool = False,
    nonce: UUID | None = None,
    batch: UUID | None = None,
) -> Certificate:
    """A certificate from the volunteer's committee over the records chosen.

    The volunteer issues the own one; staff for those of their subtree, over the records that they
    see and never with the full number. A ``nonce`` seen before answers with what it made then.
    Raises `Refusal` where there is nothing to certify.
    """
    is_own = actor.role == ActorRole.VOLUNTEER
    actor.must("own.certify" if is_own else "certificates.issue")
    if is_own and actor.scope.volunteer != volunteer.pk:
        raise PermissionDenied
    if full_number and not is_own:
        message = _("Only the volunteer chooses to show the full identity number.")
        raise Refusal(message, code="number_is_own", field="full_number")
    if nonce and (earlier := Certificate.objects.filter(nonce=nonce).first()):
        return earlier
    records = _records(volunteer, choice)
    issued_at = timezone.localtime()
    certificate = Certificate(
        committee=volunteer.committee,
        volunteer=volunteer,
        masked_name=mask_name(volunteer.name),
        volunteer_number=volunteer.number,
        first_on=choice.first_on,
        last_on=choice.last_on,
        chosen=_chosen(choice, records),
        minutes=sum(record.minutes for record in records),
        sources=_minutes_by_source(records),
        records=[record.pk for record in records],
        lines=[_line(record) for record in records],
        shows_full_number=full_number,
        year=issued_at.year,
        serial=next_serial(volunteer.committee_id, issued_at.year),
        nonce=nonce,
        batch=batch,
        issued_at=issued_at,
        issued_by=actor.user,
        issued_by_label="" if is_own else actor.label,
    )
    sign_certificate(certificate, unit=volunteer.committee.name)
    certificate.save(force_insert=True)
    return certificate


@transaction.atomic
def withdraw_certificate(certificate: Certificate, *, actor: Actor, reason: str) -> None:
    """It stands no more; whoever asks with its code reads so. Raises `Refusal` without a reason."""
    actor.must("own.certify" if actor.role == ActorRole.VOLUNTEER else "certificates.issue")
    said = reason_given(reason)
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not locked.stands:
        message = _("This certificate has been withdrawn already.")
        raise Refusal(message, code="withdrawn")
    locked.state = CertificateState.WITHDRAWN
    locked.withdrawn_at = timezone.now()
    locked.withdrawn_by_label = "" if actor.role == ActorRole.VOLUNTEER else actor.label
    locked.withdraw_reason = said
    locked.save(update_fields=["state", "withdrawn_at", "withdrawn_by_label", "withdraw_reason"])


def period_given(choice: Choice) -> None:
    """Raises `Refusal` for a period that ends before it begins."""
    if choice.first_on > choice.last_on:
        message = _("The first day lies after the last one.")
        raise Refusal(message, code="period", field="last_on")


def _records(volunteer: Volunteer, choice: Choice) -> list[ServiceRecord]:
    period_given(choice)
    found = certifiable(volunteer.pk).served_between(choice.first_on, choice.last_on)
    if choice.organizations:
        found = found.filter(organization_id__in=choice.organizations)
    if choice.activities:
        found = found.filter(activity_title__in=choice.activities)
    # Volunteers read names of organisations and no more.
    units = Prefetch("organization", Organization.objects.named())
    listed = found.prefetch_related("committee", units).order_by("served_on", "pk")
    records = list(listed[: MOST_RECORDS + 1])
    if not records:
        message = _("There is no confirmed service in what you chose. Choose a longer period.")
        raise Refusal(message, code="nothing", field="first_on")
    if len(records) > MOST_RECORDS:
        message = _("These are more than {n} records. Choose a shorter period.")
        raise Refusal(message.format(n=MOST_RECORDS), code="too_many", field="last_on")
    return records


def _chosen(choice: Choice, records: Iterable[ServiceRecord]) -> str:
    """What the choice was narrowed to, in words."""
    names: set[str] = set(choice.activities)
    if choice.organizations:
        names |= {record.organization.name for record in records if record.organization}
    return "、".join(sorted(names))[:_CHOSEN_CHARACTERS]


def _minutes_by_source(records: Iterable[ServiceRecord]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for record in records:
        counted[record.source] += record.minutes
    return dict(counted)


def _line(record: ServiceRecord) -> dict[str, Any]:
    """One service as the paper lists it (志愿服务记录与证明出具办法, art. 15)."""
    unit = record.organization.name if record.organization else record.committee.name
    return {
        "served_on": record.served_on.isoformat(),
        "clock": record.clock,
        "title": record.activity_title,
        "unit": unit,
        "minutes": record.minutes,
        "source": record.source,
    }
