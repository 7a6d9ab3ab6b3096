"""An activity that asks for a course takes only who holds it, and says where to learn it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.training.arranging import course_of, holds, session_of
from tests.volunteers.signups.arranging import call
from training.courses.models import Course
from training.requirements.domain import ask_for_courses
from training.requirements.models import Requirement
from volunteers.activities.models import Activity, Shift
from volunteers.signups.domain import sign_up

pytestmark = pytest.mark.django_db


def asking(cast: Cast, course: Course) -> Shift:
    shift = call(cast)
    officer = cast.recorder_441802
    with acting_as(officer.scope):
        ask_for_courses(Activity.objects.get(pk=shift.activity_id), [course], actor=officer)
    return shift


def refused_with(cast: Cast, shift: Shift) -> Refusal | None:
    try:
        with acting_as(cast.person.scope):
            sign_up(shift, actor=cast.person)
    except Refusal as refused:
        return refused
    return None


def test_refusal_names_the_course_and_its_next_session(cast: Cast) -> None:
    course = course_of(cast, title="急救入门")
    shift = asking(cast, course)
    refused = refused_with(cast, shift)
    assert refused is not None
    assert refused.code == "training_missing"
    assert "急救入门" in str(refused)
    session = session_of(course, place="团委会议室")
    refused = refused_with(cast, shift)
    assert "团委会议室" in str(refused)
    assert timezone.localtime(session.starts_at).strftime("%Y-%m-%d") in str(refused)


def test_who_holds_it_on_the_day_signs_up(cast: Cast) -> None:
    course = course_of(cast)
    shift = asking(cast, course)
    day = timezone.localdate(shift.starts_at)
    holds(cast.volunteer, course, until=day - timedelta(days=1))
    refused = refused_with(cast, shift)
    assert refused is not None, "it lapses the day before"
    holds(cast.volunteer, course, until=day)
    assert refused_with(cast, shift) is None


def test_officer_ticks_courses_of_the_own_committee_and_above(cast: Cast, client: Client) -> None:
    own, above = course_of(cast), course_of(cast, "44")
    foreign, draft = course_of(cast, "440606"), course_of(cast, state="draft")
    shift = call(cast)
    log_in(client, cast.recorder_441802)
    address = reverse("requirements:activity-requirements", args=[shift.activity_id])
    assert client.post(address, {"courses": [own.pk, above.pk]}).status_code == 302
    for other in (foreign, draft):
        assert client.post(address, {"courses": [other.pk]}).status_code == 422
    client.post(address, {"courses": [above.pk]})
    with as_owner():
        assert list(Requirement.objects.values_list("course_id", flat=True)) == [above.pk]
