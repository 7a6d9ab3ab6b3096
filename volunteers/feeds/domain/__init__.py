"""Secret addresses made, renewed and revoked; calendars as bytes."""

from volunteers.feeds.domain.addresses import feed_behind, own_feed, renew_feed, revoke_feed
from volunteers.feeds.domain.calendars import own_calendar, public_calendar

__all__ = [
    "feed_behind",
    "own_calendar",
    "own_feed",
    "public_calendar",
    "renew_feed",
    "revoke_feed",
]
