"""What topics above take up, in the same transaction."""

from django.dispatch import Signal

__all__ = ["activity_cancelled"]

# sender=Activity, activity=the cancelled one, which says why.
activity_cancelled = Signal()
