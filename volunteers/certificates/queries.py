"""Reads of certificates, and the public question whether one stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import connection, models

from core.web.figures import hours_text

if TYPE_CHECKING:
    from volunteers.certificates.models import Certificate

__all__ = ["CertificateQuerySet", "Verified", "next_serial", "verified"]

_VERIFY = "SELECT * FROM volunteers_verify_certificate(%s)"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Filters that compose."""

    def of_person(self, volunteer_id: int | None) -> Self:
        """Of that volunteer."""
        return self.filter(volunteer_id=volunteer_id or 0)

    def of_batch(self, batch: UUID) -> Self:
        """Issued together, in the order in which they were."""
        return self.filter(batch=batch).order_by("pk")

    def standing(self) -> Self:
        """Those not withdrawn."""
        return self.filter(state="issued")

    def seal_requested(self) -> Self:
        """Those that an officer is to seal or not."""
        return self.filter(state="issued", seal_state="requested")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What anybody who holds the code may know."""

    masked_name: str
    unit: str
    number: str
    first_on: date
    last_on: date
    minutes: int
    issued_at: datetime
    stands: bool
    withdrawn_at: datetime | None
    is_sealed: bool
    lines: int
    standing_minutes: int
    # Day and minutes of what was voided since.
    voided: list[dict[str, Any]]
    payload: str
    key_id: str
    signature: str

    @property
    def hours(self) -> str:
        """The total that the paper says."""
        return hours_text(self.minutes)

    @property
    def standing_hours(self) -> str:
        """What of it still counts."""
        return hours_text(self.standing_minutes)


def verified(code: str) -> Verified | None:
    """The certificate with exactly that code; None for any other, and no more is ever said.

    Certificates are hidden from visitors, so a function of the database answers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERIFY, [code])
        row = cursor.fetchone()
        if row is None:
            return None
        names = [column.name for column in cursor.description]
    found = dict(zip(names, row, strict=True))
    voided = [
        {"served_on": date.fromisoformat(each["served_on"]), "hours": hours_text(each["minutes"])}
        for each in json.loads(found.pop("voided"))
    ]
    return Verified(**found, voided=voided)


def next_serial(committee: str, year: int) -> int:
    """The committee's next number of that year; nobody else gets it before the transaction ends.

    The committee's other certificates are hidden from a volunteer, so a function counts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_next_certificate(%s, %s)", [committee, year])
        (serial,) = cursor.fetchone()
    number: int = serial
    return number
