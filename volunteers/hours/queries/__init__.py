"""Reads of service hours.

The querysets here are what the models are made with; `queue` and `history` stand on the models and
are imported by their own names.
"""

from volunteers.hours.queries.records import (
    CorrectionQuerySet,
    ServiceRecordQuerySet,
    SheetQuerySet,
    clock_of,
)

__all__ = ["CorrectionQuerySet", "ServiceRecordQuerySet", "SheetQuerySet", "clock_of"]
