"""Gathers the topics' tables for Django."""

from core.jobs.models import Job
from core.messages.models import OneTimeCode, OutgoingMessage

__all__ = ["Job", "OneTimeCode", "OutgoingMessage"]
