"""How people grow: courses, sessions, and what they are asked for."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Builds on volunteers and activities; knows nothing of incentives."""

    name = "training"
    verbose_name = "Training"

    def ready(self) -> None:
        """Knows in every process what the copy of a person's data holds, what their first page
        says, and which course an activity asks for."""
        import training.learning.glances
        import training.requirements.gates
        import training.sessions.copies  # noqa: F401
