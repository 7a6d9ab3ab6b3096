"""What the first page of a volunteer says: the own hours in figures, and what is new."""

from volunteers.own.summary.glances import Glance, glance, glances_of
from volunteers.own.summary.hours import MonthOfHours, OwnHours, own_hours, own_records
from volunteers.own.summary.news import News, news_of
from volunteers.own.summary.next import next_shift

__all__ = [
    "Glance",
    "MonthOfHours",
    "News",
    "OwnHours",
    "glance",
    "glances_of",
    "news_of",
    "next_shift",
    "own_hours",
    "own_records",
]
