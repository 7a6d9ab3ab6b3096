"""Volunteers, their hours, and the totals of both."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Builds on committees and organisations."""

    name = "volunteers"
    verbose_name = "Volunteers"

    def ready(self) -> None:
        """Knows in every process what holds evidence, what the copy of a person's data holds, what
        else was changed of a person, which rules a province may set, and who listens to whom."""
        import volunteers.bulk.summary
        import volunteers.certificates.copies
        import volunteers.checkins.copies
        import volunteers.claims.copies
        import volunteers.deadlines.rules
        import volunteers.desk.domain.evidence
        import volunteers.duplicates.copies
        import volunteers.emergencies.copies
        import volunteers.feedback.copies
        import volunteers.guardians.copies
        import volunteers.hours.domain.evidence
        import volunteers.notices.copies
        import volunteers.notices.rules
        import volunteers.privacy.copies
        import volunteers.signals.rules
        import volunteers.signups.copies
        import volunteers.signups.receivers
        import volunteers.signups.rules
        import volunteers.teams.copies
        import volunteers.transfers.copies  # noqa: F401
