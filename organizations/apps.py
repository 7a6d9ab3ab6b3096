"""Committees, their members, and the organisations affiliated to them."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Knows committees and organisations, not volunteers."""

    name = "organizations"
    verbose_name = "Organizations"
