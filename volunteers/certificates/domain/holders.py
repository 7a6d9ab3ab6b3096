"""Whose name and number stand on the paper."""

from __future__ import annotations

from volunteers.certificates.models import Certificate
from volunteers.privacy.domain.exporting import own_value
from volunteers.registry.models import RevealField, Volunteer

__all__ = ["holder_for_office", "own_holder"]


def own_holder(certificate: Certificate) -> tuple[str, str]:
    """For the volunteer: the full name, and the number in full where the person chose so."""
    person = Volunteer.objects.get(pk=certificate.volunteer_id)
    if certificate.shows_full_number:
        return person.name, own_value(person.pk, RevealField.NUMBER)
    return person.name, person.identity_mask


def holder_for_office(certificate: Certificate) -> tuple[str, str]:
    """For staff: the name where the person still is theirs, the number masked in any case."""
    person = Volunteer.objects.filter(pk=certificate.volunteer_id).first()
    if person is None:
        return certificate.masked_name, "–"
    return person.name, person.identity_mask
