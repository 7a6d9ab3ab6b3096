"""Whose name and number stand on the paper."""

from __future__ import annotations

from collections.abc import Iterable

from volunteers.certificates.domain.printing import Holder
from volunteers.certificates.models import Certificate
from volunteers.privacy.domain.exporting import own_value
from volunteers.registry.models import RevealField, Volunteer

__all__ = ["holders_for_office", "own_holder"]


def own_holder(certificate: Certificate) -> tuple[str, str]:
    """For the volunteer: the full name, and the number in full where the person chose so."""
    person = Volunteer.objects.get(pk=certificate.volunteer_id)
    if certificate.shows_full_number:
        return person.name, own_value(person.pk, RevealField.NUMBER)
    return person.name, person.identity_mask


def holders_for_office(certificates: Iterable[Certificate]) -> Holder:
    """For staff: the name where the person still is theirs, the number masked in any case.

    One query for all of them.
    """
    people = Volunteer.objects.in_bulk([each.volunteer_id for each in certificates])

    def holder(certificate: Certificate) -> tuple[str, str]:
        person = people.get(certificate.volunteer_id)
        if person is None:
            return certificate.masked_name, "–"
        return person.name, person.identity_mask

    return holder
