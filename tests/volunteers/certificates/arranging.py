"""Confirmed service of the cast's volunteer."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory
from volunteers.certificates.domain import Choice, issue_certificate
from volunteers.certificates.models import Certificate
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["YEAR", "issued", "served"]

YEAR = Choice(first_on=date(2026, 1, 1), last_on=date(2026, 12, 31))


def served(cast: Cast, **fields: Any) -> ServiceRecord:
    """Two hours on a day of May, confirmed."""
    with as_owner():
        return ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("441802"),
            **{"served_on": date(2026, 5, 1), "minutes": 120, "state": "confirmed", **fields},
        )


def issued(cast: Cast, **fields: Any) -> Certificate:
    """The own certificate of the year; call it within the person's scope."""
    person = Volunteer.objects.select_related("committee").get(pk=cast.volunteer.pk)
    return issue_certificate(person, actor=cast.person, choice=YEAR, **fields)
