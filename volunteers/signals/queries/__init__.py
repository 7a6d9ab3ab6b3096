"""Reads of signals.

The querysets here are what the models are made with; `statements` finds the signals, `odd` stands
on the models. Both are imported by their own names.
"""

from volunteers.signals.queries.rows import RecordSignalQuerySet, UnseenSheetQuerySet

__all__ = ["RecordSignalQuerySet", "UnseenSheetQuerySet"]
