"""Whose entry somebody names, by number and name, both exact."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.identity.identity_numbers import InvalidIdentityNumber
from core.identity.lookups import document_typed
from core.identity.names import normalize_name
from core.web.refusals import Refusal
from core.web.texts import text_given
from volunteers.registry.models import Volunteer, VolunteerIdentity

__all__ = ["entry_named"]


def entry_named(number: str, name: str) -> tuple[str, Volunteer | None]:
    """The number in its stored form, and the entry with exactly this number and name.

    An entry that was merged leads to the one that stays, whose telephone then proves the person.

    Raises `Refusal` for what is no number of a document and for no name: that says nothing of who
    is known.
    """
    try:
        document = document_typed(number)
    except InvalidIdentityNumber as error:
        raise Refusal(error.message, code=f"number_{error.code}", field="number") from error
    missing = _("The name is missing. Enter it as the document shows it.")
    given = text_given(normalize_name(name), field="name", most=50, missing=missing)
    named = VolunteerIdentity.objects.with_number(document.number)
    found = named.select_related("volunteer__merged_into").first()
    entry = found.volunteer if found and found.volunteer.name == given else None
    return document.number, entry and (entry.merged_into or entry)
