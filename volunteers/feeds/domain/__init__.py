"""Secret addresses made, renewed and revoked; calendars as bytes."""

from volunteers.feeds.domain.addresses import feed_behind, own_feed, renew_feed, revoke_feed
from volunteers.feeds.domain.calendars import committee_calendar, own_calendar

__all__ = [
    "committee_calendar",
    "feed_behind",
    "own_calendar",
    "own_feed",
    "renew_feed",
    "revoke_feed",
]
