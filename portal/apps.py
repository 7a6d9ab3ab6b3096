"""The roof: settings, pages that join topics, the demonstration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Imports from every app below and is imported by none."""

    name = "portal"
    verbose_name = "Portal"
