"""What is registered twice: numbers that clash, people entered twice."""

from volunteers.duplicates.models.clashes import ClashNotice, ClashOutcome, ClashRequest, ClashState
from volunteers.duplicates.models.merges import UNDO_DAYS, Merge

__all__ = ["UNDO_DAYS", "ClashNotice", "ClashOutcome", "ClashRequest", "ClashState", "Merge"]
