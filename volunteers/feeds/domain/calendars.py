"""Calendars as iCalendar (RFC 5545), in the portal's zone.

A program recognises an event by its UID and takes the higher SEQUENCE for the newer state. Both
follow from the rows: what is changed of a call leaves a row, of which there are only ever more,
and a sign-up only goes forward from waiting to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.activities.queries import ShiftQuerySet, changes_counted
from volunteers.calls.summary import public_calls
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["own_calendar", "public_calendar"]

# Of the past, so that what was served or cancelled lately does not vanish unseen.
_PAST_KEPT = timedelta(days=90)
_MOST_EVENTS = 500
_REFRESH = timedelta(hours=1)
# By state: what the calendar shows, and how far the sign-up has come.
_SHOWN_AS = {
    SignUpState.WAITING: ("TENTATIVE", 0),
    SignUpState.OFFERED: ("TENTATIVE", 1),
    SignUpState.PLACED: ("CONFIRMED", 2),
}
_ENDED = ("CANCELLED", 3)

# From an activity to its page's address, in full.
AddressOf = Callable[[Activity], str]


def public_calendar(
    whose: str, shifts: ShiftQuerySet, *, host: str, address_of: AddressOf
) -> bytes:
    """Those of ``shifts`` that are called for publicly, the cancelled ones too; named ``whose``.

    Ends in a visitor's scope at what is public. ``host`` makes the UIDs unique in the world.
    """
    since = timezone.now() - _PAST_KEPT
    found = shifts.with_calls().with_changes_counted().filter(ends_at__gt=since)
    rows = found.filter(activity__in=public_calls().values("pk"))[:_MOST_EVENTS]
    name = _("Volunteer calls: {whose}").format(whose=whose)
    return _calendar(name, (_event_of_call(row, host, address_of) for row in rows))


def own_calendar(volunteer_id: int, *, host: str, address_of: AddressOf) -> bytes:
    """The person's own sign-ups, those that ended too; in the person's scope."""
    since = timezone.now() - _PAST_KEPT
    mine = SignUp.objects.of_person(volunteer_id).with_calls().filter(shift__ends_at__gt=since)
    counted = mine.annotate(changes=changes_counted("shift_id", "activity_id"))
    rows = counted.order_by("-pk")[:_MOST_EVENTS]
    return _calendar(_("My sign-ups"), (_event_of_signup(row, host, address_of) for row in rows))


def _calendar(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Volunteer portal//Calendar 1//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _event_of_call(shift: Any, host: str, address_of: AddressOf) -> Event:
    activity = shift.activity
    event = _event(shift, activity, address_of)
    is_cancelled = activity.state == ActivityState.CANCELLED or shift.cancelled_at is not None
    event.add("uid", f"shift-{shift.pk}@{host}")
    event.add("sequence", shift.changes + is_cancelled)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("summary", activity.title)
    event.add("description", activity.reason if is_cancelled else activity.content)
    return event


def _event_of_signup(signup: Any, host: str, address_of: AddressOf) -> Event:
    activity = signup.activity
    event = _event(signup.shift, activity, address_of)
    status, step = _SHOWN_AS.get(SignUpState(signup.state), _ENDED)
    event.add("uid", f"sign-up-{signup.pk}@{host}")
    event.add("sequence", step + signup.changes)
    event.add("status", status)
    event.add("summary", _titled(signup))
    said = [signup.reason, activity.content, f"{_contact(activity)}"]
    event.add("description", "\n".join(filter(None, said)))
    return event


def _event(shift: Shift, activity: Activity, address_of: AddressOf) -> Event:
    event = Event()
    event.add("dtstamp", timezone.now())
    event.add("dtstart", _local(shift.starts_at))
    event.add("dtend", _local(shift.ends_at))
    event.add("location", activity.place)
    event.add("url", address_of(activity))
    return event


def _titled(signup: SignUp) -> str:
    """What is no firm place says so in the title: programs show little else."""
    if signup.state == SignUpState.PLACED:
        return signup.activity.title
    return f"{signup.activity.title}（{signup.get_state_display()}）"


def _contact(activity: Activity) -> str:
    return f"{activity.responsible_person} {activity.responsible_phone}"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())
