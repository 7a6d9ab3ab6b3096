"""A copy of all that is held about a person: JSON for programs, PDF for people.

个人信息保护法, art. 45: everybody may look at the own data, copy it, and take it elsewhere.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crypto.sealing import unseal
from core.jobs.domain import enqueue_job
from core.jobs.models import Job
from core.tenancy.scope import Scope, acting_as
from organizations.accounts.actors import Actor
from organizations.accounts.models import User
from volunteers.privacy.domain.paper import data_as_pdf
from volunteers.privacy.domain.parts import parts_of_copy
from volunteers.privacy.models import DataExport
from volunteers.registry.models import (
    RevealField,
    Volunteer,
    VolunteerIdentity,
    identity_context,
)

__all__ = [
    "EXPORT_KIND",
    "ask_export",
    "discard_copies_of",
    "discard_exports",
    "held_data",
    "make_export",
    "own_value",
]

EXPORT_KIND = "export_own_data"
DAYS_KEPT = 7
_FOLDER = "own-data"


def ask_export(*, actor: Actor, nonce: UUID) -> Job:
    """Has a copy made by a job; asking twice with one ``nonce`` makes one."""
    actor.must("own.view")
    return enqueue_job(
        kind=EXPORT_KIND, parameters={}, actor=actor, title=_("Copy of my data"), nonce=nonce
    )


def own_value(volunteer_id: int | None, field: RevealField) -> str:
    """One of the own identifiers in full; empty where none is kept."""
    identity = VolunteerIdentity.objects.get(pk=volunteer_id or 0)
    return _opened(identity, field)


def make_export(*, actor: Actor) -> DataExport:
    """Writes both files into the storage, for this account and entry alone."""
    volunteer = Volunteer.objects.select_related("committee").get(pk=actor.scope.volunteer or 0)
    data = held_data(volunteer)
    export = DataExport(
        volunteer=volunteer,
        user=actor.user,
        expires_at=timezone.now() + timedelta(days=DAYS_KEPT),
    )
    text = json.dumps(data, ensure_ascii=False, indent=2)
    export.json_file = _kept(f"{export.pk}.json", text.encode())
    # Without a font that has Chinese there is no readable page: then the JSON stands alone.
    if (paper := data_as_pdf(data)) is not None:
        export.pdf_file = _kept(f"{export.pk}.pdf", paper)
    export.save(force_insert=True)
    return export


def held_data(volunteer: Volunteer) -> dict[str, Any]:
    """All that is held about the person, in full, as JSON; keys are the portal's field names.

    Beside the entry each topic gives what it has, see `volunteers.privacy.domain.parts`.
    """
    return {
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "entry": _entry(volunteer),
        **{part.key: part.rows(volunteer) for part in parts_of_copy()},
    }


def discard_exports() -> int:
    """Deletes copies whose time is over, files and rows; how many."""
    with acting_as(Scope.for_job("discard copies")):
        return _discard(DataExport.objects.filter(expires_at__lte=timezone.now()))


def discard_copies_of(volunteer_id: int) -> int:
    """Deletes all copies of one person's data, whose entry is being sealed away; how many."""
    return _discard(DataExport.objects.filter(volunteer_id=volunteer_id))


def _discard(exports: QuerySet[DataExport]) -> int:
    over = list(exports)
    for export in over:
        default_storage.delete(export.json_file)
        if export.pdf_file:
            default_storage.delete(export.pdf_file)
    DataExport.objects.filter(pk__in=[export.pk for export in over]).delete()
    return len(over)


def _entry(volunteer: Volunteer) -> dict[str, Any]:
    identity = VolunteerIdentity.objects.get(pk=volunteer.pk)
    return {
        "number": volunteer.number,
        "name": volunteer.name,
        "committee": volunteer.committee.full_name,
        "state": volunteer.get_state_display(),
        "gender": volunteer.get_gender_display(),
        "birth_date": volunteer.birth_date.isoformat(),
        "political_status": volunteer.political_status,
        "skills": list(volunteer.skills),
        "registered_on": volunteer.registered_on.isoformat(),
        "source": volunteer.get_source_display(),
        "registered_by": volunteer.registered_by_label,
        "consent_on": volunteer.consent_on.isoformat(),
        "consent_evidence": volunteer.consent_evidence,
        "guardian_name": volunteer.guardian_name,
        "guardian_consent_on": _day(volunteer.guardian_consent_on),
        "account": _account(volunteer),
        "document_kind": identity.get_document_kind_display(),
        **{f"full_{field.value}": _opened(identity, field) for field in RevealField},
    }


def _account(volunteer: Volunteer) -> str:
    """The login name, where the person has an account; a parent's own is none of the child's."""
    user = User.objects.filter(volunteer_id=volunteer.pk).first()
    return user.username if user else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _opened(identity: VolunteerIdentity, field: RevealField) -> str:
    sealed = getattr(identity, field.sealed_column)
    if not sealed:
        return ""
    return unseal(sealed, context=identity_context(identity.pk, field.sealed_column))


def _kept(name: str, content: bytes) -> str:
    return default_storage.save(f"{_FOLDER}/{name}", ContentFile(content))
