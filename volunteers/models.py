"""Gathers the topics' tables for Django."""

from volunteers.desk.models import Draft, DraftRow
from volunteers.evidence.models import EvidenceFile
from volunteers.exports.models import Export
from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord
from volunteers.imports.models import ImportFault, ImportRun
from volunteers.registry.models import (
    IdentityReveal,
    RevealApproval,
    Volunteer,
    VolunteerIdentity,
)
from volunteers.signals.models import RecordSignal, UnseenSheet
from volunteers.totals.models import DirtyCell, HoursTotal, RecountClock, RegistryTotal
from volunteers.transfers.models import Transfer

__all__ = [
    "CorrectionRequest",
    "DirtyCell",
    "Draft",
    "DraftRow",
    "EvidenceFile",
    "Export",
    "HoursSheet",
    "HoursTotal",
    "IdentityReveal",
    "ImportFault",
    "ImportRun",
    "RecordSignal",
    "RecountClock",
    "RegistryTotal",
    "RevealApproval",
    "ServiceRecord",
    "UnseenSheet",
    "Transfer",
    "Volunteer",
    "VolunteerIdentity",
]
