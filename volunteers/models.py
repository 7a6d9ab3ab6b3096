"""Gathers the topics' tables for Django."""

from volunteers.desk.models import Draft, DraftRow
from volunteers.duplicates.models import ClashNotice, ClashRequest, DuplicatePair, Merge
from volunteers.evidence.models import EvidenceFile
from volunteers.disclosure.models import DisclosedPerson, Disclosure, DisclosureLook
from volunteers.exports.models import Export
from volunteers.claims.models import Claim
from volunteers.guardians.models import GuardianLink
from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord
from volunteers.imports.models import ImportFault, ImportRun
from volunteers.privacy.models import (
    Consent,
    ConsentText,
    DataExport,
    PrivacyRequest,
    RetainedIdentity,
)
from volunteers.registry.models import (
    IdentityReveal,
    RevealApproval,
    Volunteer,
    VolunteerIdentity,
)
from volunteers.signals.models import RecordSignal, UnseenSheet
from volunteers.spotchecks.models import SpotCheck, SpotCheckItem
from volunteers.vocabulary.models import Term, VolunteerTerm
from volunteers.totals.models import DirtyCell, HoursTotal, RecountClock, RegistryTotal
from volunteers.transfers.models import Transfer

__all__ = [
    "RetainedIdentity",
    "PrivacyRequest",
    "GuardianLink",
    "DataExport",
    "ConsentText",
    "Consent",
    "Claim",
    "ClashNotice",
    "ClashRequest",
    "CorrectionRequest",
    "DirtyCell",
    "Draft",
    "DraftRow",
    "DuplicatePair",
    "EvidenceFile",
    "DisclosedPerson",
    "Disclosure",
    "DisclosureLook",
    "Export",
    "HoursSheet",
    "HoursTotal",
    "IdentityReveal",
    "ImportFault",
    "ImportRun",
    "Merge",
    "RecordSignal",
    "RecountClock",
    "RegistryTotal",
    "RevealApproval",
    "ServiceRecord",
    "SpotCheck",
    "SpotCheckItem",
    "UnseenSheet",
    "Transfer",
    "Term",
    "Volunteer",
    "VolunteerIdentity",
    "VolunteerTerm",
]
