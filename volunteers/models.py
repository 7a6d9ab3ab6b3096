"""Gathers the topics' tables for Django."""

from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord
from volunteers.registry.models import IdentityReveal, Volunteer, VolunteerIdentity
from volunteers.totals.models import DirtyCell, HoursTotal, RecountClock, RegistryTotal

__all__ = [
    "CorrectionRequest",
    "DirtyCell",
    "HoursSheet",
    "HoursTotal",
    "IdentityReveal",
    "RecountClock",
    "RegistryTotal",
    "ServiceRecord",
    "Volunteer",
    "VolunteerIdentity",
]
