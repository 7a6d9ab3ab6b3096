"""Entering the telephone of a committee's office."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext as _

from core.identity.phones import InvalidPhone, normalize_phone
from core.identity.text import plain_text
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee

__all__ = ["set_contact"]

# Hotlines such as 12355, the Youth League's own: no table of telephones knows them.
_HOTLINE = re.compile(r"1[0-9]{4}")


@transaction.atomic
def set_contact(committee: Committee, *, phone: str, office_hours: str, actor: Actor) -> Committee:
    """Writes what people are told to call, in the stored form; an empty ``phone`` removes it.

    Raises `Refusal` for a closed committee, what is no telephone, and hours without one.
    """
    actor.must("committees.contact")
    locked = Committee.objects.select_for_update().get(pk=committee.pk)
    if locked.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed", field="phone")
    locked.phone = _phone_given(phone)
    locked.office_hours = text_given(office_hours, field="office_hours", most=100)
    if locked.office_hours and not locked.phone:
        message = _("Enter the telephone that is answered at these hours.")
        raise Refusal(message, code="phone_missing", field="phone")
    locked.save(update_fields=["phone", "office_hours"])
    return locked


def _phone_given(text: str) -> str:
    plain = plain_text(text).strip()
    if not plain or _HOTLINE.fullmatch(plain):
        return plain
    try:
        return normalize_phone(plain)
    except InvalidPhone as error:
        raise Refusal(error.message, code="invalid_phone", field="phone") from error
