"""Gathers the topics' tables for Django."""

from training.courses.models import Course
from training.requirements.models import Requirement
from training.sessions.models import Enrolment, Session

__all__ = ["Course", "Enrolment", "Requirement", "Session"]
