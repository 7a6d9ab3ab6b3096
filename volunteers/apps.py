"""Volunteers, their hours, and the totals of both."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Builds on committees and organisations."""

    name = "volunteers"
    verbose_name = "Volunteers"

    def ready(self) -> None:
        """Knows in every process what holds evidence, and which rules a province may set."""
        import volunteers.deadlines.rules
        import volunteers.desk.domain.evidence
        import volunteers.hours.domain.evidence
        import volunteers.signals.rules  # noqa: F401
