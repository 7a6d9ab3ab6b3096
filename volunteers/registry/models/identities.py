"""The sealed identifiers of a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.crypto.rotation import register_sealed_columns
from core.crypto.sealing import sealing_context
from core.identity.documents import DocumentKind
from organizations.committees.ownership import TieredByCommittee
from volunteers.registry.models.people import Volunteer
from volunteers.registry.queries import (
    IdentityQuerySet,
)

__all__ = ["VolunteerIdentity", "identity_context"]


class VolunteerIdentity(TieredByCommittee):
    """Sealed identifiers of one volunteer, found again by keyed blind indexes."""

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, primary_key=True, related_name="identity"
    )
    document_kind = models.CharField(_("document"), max_length=16, choices=DocumentKind)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(max_length=32, unique=True)
    phone_sealed = models.BinaryField()
    phone_index = models.BinaryField(max_length=32)
    guardian_phone_sealed = models.BinaryField(null=True)
    # Tells whether two entries name the same guardian; nobody is searched for by it.
    guardian_phone_index = models.BinaryField(max_length=32, null=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        indexes = [models.Index(fields=["phone_index"], name="identity_phone")]

    def __str__(self) -> str:
        return str(self.volunteer_id)


_SEALED_AS = {
    "number_sealed": "volunteers.identity_number",
    "phone_sealed": "volunteers.phone",
    "guardian_phone_sealed": "volunteers.guardian_phone",
}


def identity_context(volunteer_id: int, column: str) -> str:
    """What a sealed column of a volunteer's identity is bound to."""
    return sealing_context(_SEALED_AS[column], volunteer_id)


def _context_of_row(row: VolunteerIdentity, column: str) -> str:
    return identity_context(row.volunteer_id, column)


register_sealed_columns(VolunteerIdentity, fields=list(_SEALED_AS), context=_context_of_row)
