"""Gathers the topics' tables for Django."""

from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord
from volunteers.registry.models import IdentityReveal, Volunteer, VolunteerIdentity
from volunteers.totals.models import DirtyCell, HoursTotal

__all__ = [
    "CorrectionRequest",
    "DirtyCell",
    "HoursSheet",
    "HoursTotal",
    "IdentityReveal",
    "ServiceRecord",
    "Volunteer",
    "VolunteerIdentity",
]
