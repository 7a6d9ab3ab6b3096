"""What is registered twice: numbers that clash, people entered twice."""

from volunteers.duplicates.models.clashes import ClashNotice, ClashOutcome, ClashRequest, ClashState
from volunteers.duplicates.models.merges import UNDO_DAYS, Merge
from volunteers.duplicates.models.pairs import DuplicatePair, PairReason

__all__ = [
    "UNDO_DAYS",
    "ClashNotice",
    "ClashOutcome",
    "ClashRequest",
    "ClashState",
    "DuplicatePair",
    "Merge",
    "PairReason",
]
