"""Gathers the topics' tables for Django."""

from volunteers.activities.models import Activity, ActivityChange, Shift
from volunteers.attendance.models import Attendance
from volunteers.bulk.models import BulkChange, BulkRow
from volunteers.certificates.models import Certificate
from volunteers.checkins.models import CheckIn, DoorDevice
from volunteers.claims.models import Claim
from volunteers.desk.models import Draft, DraftRow
from volunteers.disclosure.models import DisclosedPerson, Disclosure, DisclosureLook
from volunteers.duplicates.models import ClashNotice, ClashRequest, DuplicatePair, Merge
from volunteers.emergencies.models import EmergencyContact
from volunteers.evidence.models import EvidenceFile
from volunteers.exports.models import Export, ExportedPeople
from volunteers.feedback.models import Feedback
from volunteers.feeds.models import CalendarFeed
from volunteers.guardians.models import GuardianLink
from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord
from volunteers.imports.models import ImportFault, ImportRun
from volunteers.notices.models import Delivery, Notice
from volunteers.privacy.models import (
    Consent,
    ConsentText,
    DataExport,
    PrivacyRequest,
    RetainedIdentity,
)
from volunteers.projects.models import Project
from volunteers.registry.models import (
    IdentityReveal,
    RevealApproval,
    Volunteer,
    VolunteerIdentity,
)
from volunteers.signals.models import RecordSignal, UnseenSheet
from volunteers.signups.models import SignUp
from volunteers.spotchecks.models import SpotCheck, SpotCheckItem
from volunteers.stations.models import Station
from volunteers.teams.models import TeamMember
from volunteers.totals.models import DirtyCell, HoursTotal, RecountClock, RegistryTotal
from volunteers.transfers.models import Transfer
from volunteers.vocabulary.models import Term, VolunteerTerm

__all__ = [
    "Activity",
    "ActivityChange",
    "Attendance",
    "BulkChange",
    "BulkRow",
    "CalendarFeed",
    "Certificate",
    "CheckIn",
    "Claim",
    "ClashNotice",
    "ClashRequest",
    "Consent",
    "ConsentText",
    "CorrectionRequest",
    "DataExport",
    "Delivery",
    "DirtyCell",
    "DisclosedPerson",
    "Disclosure",
    "DisclosureLook",
    "DoorDevice",
    "Draft",
    "DraftRow",
    "DuplicatePair",
    "EmergencyContact",
    "EvidenceFile",
    "Export",
    "ExportedPeople",
    "Feedback",
    "GuardianLink",
    "HoursSheet",
    "HoursTotal",
    "IdentityReveal",
    "ImportFault",
    "ImportRun",
    "Merge",
    "Notice",
    "PrivacyRequest",
    "Project",
    "RecordSignal",
    "RecountClock",
    "RegistryTotal",
    "RetainedIdentity",
    "RevealApproval",
    "ServiceRecord",
    "Shift",
    "SignUp",
    "SpotCheck",
    "SpotCheckItem",
    "Station",
    "TeamMember",
    "Term",
    "Transfer",
    "UnseenSheet",
    "Volunteer",
    "VolunteerIdentity",
    "VolunteerTerm",
]
