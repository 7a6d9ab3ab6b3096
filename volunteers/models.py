"""Gathers the topics' tables for Django."""

from volunteers.evidence.models import EvidenceFile
from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord
from volunteers.imports.models import ImportFault, ImportRun
from volunteers.registry.models import (
    IdentityReveal,
    RevealApproval,
    Volunteer,
    VolunteerIdentity,
)
from volunteers.totals.models import DirtyCell, HoursTotal, RecountClock, RegistryTotal

__all__ = [
    "CorrectionRequest",
    "DirtyCell",
    "EvidenceFile",
    "HoursSheet",
    "HoursTotal",
    "IdentityReveal",
    "ImportFault",
    "ImportRun",
    "RecountClock",
    "RegistryTotal",
    "RevealApproval",
    "ServiceRecord",
    "Volunteer",
    "VolunteerIdentity",
]
