"""What service is honoured with: stars, and what merchants give."""

from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    """Builds on volunteers and their hours; knows nothing of training."""

    name = "incentives"
    verbose_name = "Incentives"

    def ready(self) -> None:
        """Knows in every process which rules a province may set, what the copy of a person's data
        holds, and what their first page says."""
        import incentives.redemptions.copies
        import incentives.stars.copies
        import incentives.stars.glances
        import incentives.stars.rules  # noqa: F401
