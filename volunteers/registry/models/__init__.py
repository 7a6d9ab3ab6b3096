"""The registry: volunteers and their sealed identifiers."""

from core.identity.documents import DocumentKind
from core.identity.identity_numbers import Gender
from volunteers.registry.models.identities import VolunteerIdentity, identity_context
from volunteers.registry.models.looks import (
    EVERYTHING,
    LOOKED_AT,
    ApprovalState,
    IdentityReveal,
    RevealApproval,
    RevealField,
)
from volunteers.registry.models.people import (
    ActingLabel,
    ActingUser,
    NextVolunteerNumber,
    RegistrationSource,
    Volunteer,
    VolunteerState,
)

__all__ = [
    "EVERYTHING",
    "LOOKED_AT",
    # Named by migrations.
    "ActingLabel",
    "ActingUser",
    "ApprovalState",
    "DocumentKind",
    "Gender",
    "IdentityReveal",
    "NextVolunteerNumber",
    "RegistrationSource",
    "RevealApproval",
    "RevealField",
    "Volunteer",
    "VolunteerIdentity",
    "VolunteerState",
    "identity_context",
]
