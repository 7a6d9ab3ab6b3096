"""Writing identifiers: sealed for their row, found again by a blind index, shown as masks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.crypto.blind_index import (
    GUARDIAN_PHONE,
    IDENTITY_NUMBER,
    PHONE,
    blind_index,
    indexes_change,
)
from core.crypto.masks import mask_identity_number, mask_phone
from core.crypto.sealing import seal
from core.web.refusals import Refusal
from volunteers.registry.models import Volunteer, VolunteerIdentity, identity_context

__all__ = ["must_find_again", "set_guardian_phone", "set_number", "set_phone"]


def must_find_again() -> None:
    """Raises `Refusal` while blind indexes are made anew: what is new could be there twice."""
    if indexes_change():
        message = _("The keys by which numbers are found are being changed. Try again in an hour.")
        raise Refusal(message, code="keys_change")


def set_number(volunteer: Volunteer, identity: VolunteerIdentity, number: str) -> None:
    """Puts the number of a document, in its stored form, into both rows; saves neither.

    Raises `Refusal` while indexes are made anew, as `set_phone` does.
    """
    must_find_again()
    context = identity_context(volunteer.pk, "number_sealed")
    identity.number_sealed = seal(number, context=context)
    identity.number_index = blind_index(number, purpose=IDENTITY_NUMBER)
    volunteer.identity_mask = mask_identity_number(number)


def set_phone(volunteer: Volunteer, identity: VolunteerIdentity, phone: str) -> None:
    """Puts a telephone number, in its stored form, into both rows; saves neither."""
    must_find_again()
    context = identity_context(volunteer.pk, "phone_sealed")
    identity.phone_sealed = seal(phone, context=context)
    identity.phone_index = blind_index(phone, purpose=PHONE)
    volunteer.phone_mask = mask_phone(phone)


def set_guardian_phone(volunteer: Volunteer, identity: VolunteerIdentity, phone: str) -> None:
    """As `set_phone`; an empty one takes away what stood there, at any time."""
    if phone:
        must_find_again()
    context = identity_context(volunteer.pk, "guardian_phone_sealed")
    identity.guardian_phone_sealed = seal(phone, context=context) if phone else None
    identity.guardian_phone_index = blind_index(phone, purpose=GUARDIAN_PHONE) if phone else None
    volunteer.guardian_phone_mask = mask_phone(phone)
