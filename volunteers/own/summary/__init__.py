"""What the first page of a volunteer says: the own hours in figures, and what is new."""

from volunteers.own.summary.hours import MonthOfHours, OwnHours, own_hours, own_records
from volunteers.own.summary.news import News, news_of

__all__ = ["MonthOfHours", "News", "OwnHours", "news_of", "own_hours", "own_records"]
