"""Volunteers, their hours, and the totals of both."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Builds on committees and organisations."""

    name = "volunteers"
    verbose_name = "Volunteers"
