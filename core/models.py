"""Gathers the topics' tables for Django."""

from core.jobs.models import Job

__all__ = ["Job"]
