"""What is registered twice: numbers that clash."""

from volunteers.duplicates.models.clashes import ClashNotice, ClashOutcome, ClashRequest, ClashState

__all__ = ["ClashNotice", "ClashOutcome", "ClashRequest", "ClashState"]
