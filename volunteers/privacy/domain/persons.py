"""Acting on one's own entry, in the scope of a job: volunteers themselves may change nothing.

The proof of the person's own scope (the account, or the tie to a child) is asked again in the
statement that opens the job's.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from core.crypto.sealing import unseal
from core.tenancy.roles import Role
from core.tenancy.scope import Scope
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.registry.models import (
    Volunteer,
    VolunteerIdentity,
    VolunteerState,
    identity_context,
)

__all__ = ["locked_entry", "phone_of", "scope_of_person"]


def scope_of_person(actor: Actor) -> Scope:
    """The scope in which ``actor``, on the own pages or a child's, changes that entry."""
    return replace(actor.scope, role=Role.JOB, committee="")


def locked_entry(volunteer_id: int | None) -> Volunteer:
    """The entry, locked. Raises `Refusal` when there is none, or it was sealed away or merged."""
    rows = Volunteer.objects.select_for_update()
    found = None if volunteer_id is None else rows.filter(pk=volunteer_id).first()
    if found is None or found.state == VolunteerState.ERASED:
        raise Refusal(_("This entry is not there any more."), code="no_entry")
    if found.state == VolunteerState.MERGED:
        said = _("This entry was merged into another one. Ask your committee which one stays.")
        raise Refusal(said, code="merged")
    return found


def phone_of(volunteer_id: int, *, guardian: bool = False) -> str | None:
    """The telephone on record in clear, or the guardian's; None where none is kept."""
    column = "guardian_phone_sealed" if guardian else "phone_sealed"
    identity = VolunteerIdentity.objects.filter(pk=volunteer_id).first()
    sealed = getattr(identity, column, None)
    if not sealed:
        return None
    return unseal(sealed, context=identity_context(volunteer_id, column)) or None
