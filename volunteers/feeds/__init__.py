"""Calendars that people's telephones subscribe to (iCalendar, RFC 5545)."""
