"""Rows of what organisers write to people and of what both sides say afterwards."""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone

from tests.isolation.people import LATER, Maker, People, Place
from volunteers.feedback.models import Feedback
from volunteers.notices.models import Delivery, Notice
from volunteers.signups.models import SignUp

__all__ = ["MAKERS"]


def _notice(people: People, place: Place, _number: int) -> Model:
    signup = SignUp.objects.get(asked_by_label=f"{place.mark}报")
    return Notice.objects.create(
        committee=signup.committee,
        activity=signup.activity,
        title=f"{place.mark}知",
        text=f"{place.mark}集合",
        sent_by_label=f"{place.mark}发",
        sent_at=LATER,
    )


def _delivery(people: People, place: Place, _number: int) -> Model:
    notice = Notice.objects.get(title=f"{place.mark}知")
    return Delivery.objects.create(
        committee=notice.committee, notice=notice, volunteer=people.volunteer
    )


def _feedback(people: People, place: Place, _number: int) -> Model:
    signup = SignUp.objects.get(asked_by_label=f"{place.mark}报")
    return Feedback.objects.create(
        committee=signup.committee,
        signup=signup,
        activity=signup.activity,
        volunteer=people.volunteer,
        side="organiser",
        grade="good",
        line=f"{place.mark}评",
        by_label=f"{place.mark}评",
        given_at=timezone.now(),
    )


MAKERS: tuple[Maker, ...] = (_notice, _delivery, _feedback)
