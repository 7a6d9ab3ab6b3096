"""The roof: settings, pages that join topics, the demonstration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Imports from every app below and is imported by none."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Knows the kinds of jobs in every process: the web asks for what workers run."""
        from portal.celery import TOPICS_WITH_TASKS, app

        app.autodiscover_tasks(TOPICS_WITH_TASKS, force=True)
