"""From a course to a qualification, as the office and the volunteer see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.training.arranging import course_of, enrolled, holds, session_of
from tests.volunteers.signups.arranging import another
from training.courses.models import Course
from training.learning.summary import learning_of
from training.sessions.models import Enrolment, Session

pytestmark = pytest.mark.django_db
_COURSE = {"title": "急救入门", "tier": "in_service", "outline": "心肺复苏", "hours": "1.5"}


def key_of(address: str) -> int:
    return int(address.strip("/").rsplit("/", 1)[1])


def test_from_a_draft_to_a_qualification(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    course = key_of(client.post(reverse("courses:course-create"), _COURSE)["Location"])
    assert client.post(reverse("courses:course-publish", args=[course])).status_code == 403
    log_in(client, cast.county_441802)
    client.post(reverse("courses:course-publish", args=[course]))
    start = timezone.localtime() + timedelta(days=3)
    planned = {
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "mode": "place",
        "place": "团委会议室",
        "teacher": "讲师",
        "places": "5",
        "enrolment": "open",
    }
    answer = client.post(reverse("sessions:session-create", args=[course]), planned)
    session = key_of(answer["Location"])
    log_in(client, cast.person)
    page = client.get(reverse("learning:own-learning")).content.decode()
    assert "急救入门" in page
    client.post(reverse("learning:own-enrol", args=[session]))
    with acting_as(cast.person.scope):
        learning = learning_of(cast.volunteer.pk)
        assert (len(learning.coming), learning.offered) == (1, ())
    with as_owner():
        Session.objects.update(starts_at=timezone.now() - timedelta(hours=1))
        (mine,) = Enrolment.objects.all()
    log_in(client, cast.county_441802)
    results = reverse("sessions:result-write", args=[session])
    client.post(f"{results}?result=completed", {"selected": [mine.pk]})
    log_in(client, cast.person)
    with acting_as(cast.person.scope):
        learning = learning_of(cast.volunteer.pk)
    assert [each.course_id for each in learning.held] == [course]
    assert learning.minutes == 90
    assert "1.5" in client.get(reverse("own:home")).content.decode()


def test_published_course_reaches_all_below_and_nobody_beside(cast: Cast, client: Client) -> None:
    course = course_of(cast, "4418", title="市级领头雁")
    draft = course_of(cast, "4418", title="市级草稿", state="draft")
    for actor, sees in ((cast.county_441802, True), (cast.county_440606, False)):
        log_in(client, actor)
        listed = client.get(reverse("sessions:course-list")).content.decode()
        assert ("市级领头雁" in listed) is sees
        assert "市级草稿" not in listed
        detail = client.get(reverse("sessions:course-detail", args=[course.pk]))
        assert detail.status_code == (200 if sees else 404)
    log_in(client, cast.county_441802)
    for name in ("courses:course-edit", "courses:course-withdraw"):
        for key in (course.pk, draft.pk):
            assert client.post(reverse(name, args=[key])).status_code == 404


def test_lapsing_is_told_and_the_course_is_offered_again(cast: Cast) -> None:
    soon, later = course_of(cast), course_of(cast)
    ends = holds(cast.volunteer, soon, until=timezone.localdate() + timedelta(days=30))
    holds(cast.volunteer, later, until=timezone.localdate() + timedelta(days=300))
    with acting_as(cast.person.scope):
        learning = learning_of(cast.volunteer.pk)
    assert learning.lapsing == {ends.pk}
    assert [each.course.pk for each in learning.offered] == [soon.pk]


def test_who_moves_goes_on_reading_what_was_learnt(cast: Cast) -> None:
    course = course_of(cast)
    holds(cast.volunteer, course)
    elsewhere = course_of(cast)
    with as_owner():
        cast.volunteer.committee = cast.committee("440606103")
        cast.volunteer.save(update_fields=["committee"])
    with acting_as(cast.person.scope):
        learning = learning_of(cast.volunteer.pk)
    assert [each.course.title for each in learning.held] == [course.title]
    assert elsewhere.pk not in {each.course.pk for each in learning.offered}


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_three(cast: Cast, client: Client, rows: int) -> None:
    courses: list[Course] = [course_of(cast) for _number in range(rows)]
    session = session_of(courses[0], places=9, enrolment="approval")
    for course in courses[1:]:
        session_of(course)
    for _number in range(rows):
        enrolled(session, another(cast))
    holds(cast.volunteer, courses[0])
    pages = (
        (cast.person, reverse("learning:own-learning"), 10),
        (cast.county_441802, reverse("sessions:course-list"), 7),
        (cast.county_441802, reverse("sessions:course-detail", args=[courses[0].pk]), 8),
        (cast.county_441802, reverse("sessions:session-detail", args=[session.pk]), 9),
    )
    counted = []
    for actor, address, _queries in pages:
        log_in(client, actor)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counted.append(len(asked))
    assert counted == [queries for _actor, _address, queries in pages]
