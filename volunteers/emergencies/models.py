"""A person to call in an emergency, said by the volunteer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.crypto.rotation import register_sealed_columns
from core.crypto.sealing import sealing_context
from volunteers.registry.models import Volunteer

__all__ = ["EmergencyContact", "Relation", "phone_context"]


class Relation(models.TextChoices):
    """What that person is to the volunteer."""

    PARENT = "parent", pgettext_lazy("relation", "parent")
    SPOUSE = "spouse", pgettext_lazy("relation", "husband or wife")
    RELATIVE = "relative", pgettext_lazy("relation", "other relative")
    TEACHER = "teacher", pgettext_lazy("relation", "teacher")
    COLLEAGUE = "colleague", pgettext_lazy("relation", "colleague")
    FRIEND = "friend", pgettext_lazy("relation", "friend")


class EmergencyContact(models.Model):
    """One for a volunteer; the telephone lies sealed. Gone when the entry is sealed away."""

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=50)
    relation = models.CharField(_("relation"), max_length=9, choices=Relation)
    phone_sealed = models.BinaryField(editable=False)
    phone_mask = models.CharField(_("telephone"), max_length=20, editable=False)
    said_at = models.DateTimeField(_("said at"), auto_now=True)

    class Meta:
        verbose_name = _("emergency contact")
        verbose_name_plural = _("emergency contacts")

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.phone_mask}"


def phone_context(volunteer_id: int) -> str:
    """What the sealed telephone is bound to."""
    return sealing_context("volunteers.emergency_phone", volunteer_id)


def _context_of_row(row: EmergencyContact, _column: str) -> str:
    return phone_context(row.volunteer_id)


register_sealed_columns(EmergencyContact, fields=["phone_sealed"], context=_context_of_row)
