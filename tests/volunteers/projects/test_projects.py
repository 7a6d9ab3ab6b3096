"""Projects: of a committee, for all below it, with what came of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory
from tests.volunteers.activities.test_domain import CALL
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.domain import create_activity
from volunteers.activities.models import Activity
from volunteers.attendance.models import Attendance
from volunteers.projects.domain import Outline, close_project, edit_project, start_project
from volunteers.projects.models import Project
from volunteers.projects.summary import ProjectFigures, figures_of
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import sign_up

pytestmark = pytest.mark.django_db
OUTLINE = Outline(name="朝阳行动", summary="陪伴农村留守儿童")


def started(actor: Actor, outline: Outline = OUTLINE) -> Project:
    with acting_as(actor.scope):
        return start_project(outline, actor=actor)


def test_project_of_one_above_is_used_below_and_one_of_another_branch_is_not(cast: Cast) -> None:
    above, own, foreign = (
        started(actor) for actor in (cast.province, cast.county_441802, cast.county_440606)
    )
    actor = cast.county_441802
    with acting_as(actor.scope):
        for project in (above, own):
            call_of_it = replace(CALL, project_id=project.pk)
            assert create_activity(call_of_it, actor=actor).project_id == project.pk
        with pytest.raises(Refusal) as said:
            create_activity(replace(CALL, project_id=foreign.pk), actor=actor)
    assert (said.value.code, said.value.field) == ("project", "project_id")
    with as_owner(), pytest.raises(IntegrityError, match="another branch"), transaction.atomic():
        Activity.objects.filter(project=own).update(project_id=foreign.pk)


def test_closed_project_holds_what_it_had_and_takes_nothing_new(cast: Cast) -> None:
    actor = cast.county_441802
    project = started(actor)
    with acting_as(actor.scope):
        made = create_activity(replace(CALL, project_id=project.pk), actor=actor)
        close_project(project, actor=actor)
        with pytest.raises(Refusal):
            create_activity(replace(CALL, project_id=project.pk), actor=actor)
        with pytest.raises(Refusal):
            close_project(project, actor=actor)
        with pytest.raises(Refusal):
            edit_project(project, OUTLINE, actor=actor)
        assert Activity.objects.get(pk=made.pk).project_id == project.pk


def test_name_is_a_committees_once(cast: Cast) -> None:
    started(cast.county_441802)
    with acting_as(cast.county_441802.scope), pytest.raises(Refusal) as said:
        start_project(OUTLINE, actor=cast.county_441802)
    assert said.value.code == "name_taken"


def test_recorder_starts_none(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        started(cast.recorder_441802)


def test_figures_count_who_served_once_and_only_what_is_confirmed(cast: Cast) -> None:
    project = started(cast.province)
    people = [cast.person, another(cast)]
    for days, state in ((3, "confirmed"), (5, "submitted")):
        shift = call(cast, places=2, days=days, project=project)
        for person in people:
            with acting_as(person.scope):
                signup = sign_up(shift, actor=person)
            with as_owner():
                Attendance.objects.create(
                    committee_id=shift.committee_id,
                    signup=signup,
                    shift=shift,
                    mark="came",
                    came_at=shift.starts_at,
                    left_at=shift.ends_at,
                    source="roll_call",
                    marked_by_label="点名",
                    marked_at=shift.ends_at,
                    record=ServiceRecordFactory(
                        volunteer=Volunteer.objects.get(pk=signup.volunteer_id),
                        committee=cast.committee("441802"),
                        served_on=date(2026, 5, days),
                        minutes=120,
                        state=state,
                    ),
                )
    with acting_as(cast.county_441802.scope):
        assert figures_of(project) == ProjectFigures(activities=2, people=2, minutes=240)
    with acting_as(cast.county_440606.scope):
        assert figures_of(project) == ProjectFigures(activities=0, people=0, minutes=0)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(cast: Cast, client: Client, rows: int) -> None:
    for number in range(rows):
        started(cast.county_441802, replace(OUTLINE, name=f"行动{number}"))
    log_in(client, cast.county_441802)
    client.get(reverse("projects:project-list"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(reverse("projects:project-list"))
    assert len(page.context["rows"]) == rows
    assert len(queries) == 7


def test_office_starts_describes_and_closes_it(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    create = reverse("projects:project-create")
    assert client.post(create, {"name": ""}).status_code == 422
    page = client.post(create, {"name": "河小青", "summary": "护河"})["Location"]
    assert client.post(create, {"name": "河小青"}).status_code == 422
    with as_owner():
        project = Project.objects.get()
        shift = call(cast, project=project, title="巡河一日")
        call(cast, title="与项目无关")
    edit = reverse("projects:project-edit", args=[project.pk])
    assert client.post(edit, {"name": "河小青", "summary": "护水护河"})["Location"] == page
    public = Client().get(reverse("calls:project-detail", args=[project.pk])).content.decode()
    assert "护水护河" in public
    assert "巡河一日" in public
    assert "与项目无关" not in public
    at_call = Client().get(reverse("calls:call-detail", args=[shift.activity_id]))
    assert "河小青" in at_call.content.decode()
    log_in(client, cast.county_440606)
    assert client.get(page).status_code == 404
    assert client.post(edit, {"name": "别人"}).status_code == 404
    log_in(client, cast.county_441802)
    client.post(reverse("projects:project-close", args=[project.pk]))
    with as_owner():
        assert Project.objects.get().closed_on == timezone.localdate()
    reopen = reverse("projects:project-reopen", args=[project.pk])
    assert reopen in client.get(page).content.decode()
    client.post(reopen)
    with as_owner():
        assert Project.objects.get().closed_on is None


def test_who_is_below_sees_it_and_changes_nothing(cast: Cast, client: Client) -> None:
    project = started(cast.province)
    log_in(client, cast.county_441802)
    page = client.get(reverse("projects:project-detail", args=[project.pk]))
    assert (page.status_code, page.context["may_manage"]) == (200, False)
    edit = reverse("projects:project-edit", args=[project.pk])
    assert client.get(edit).status_code == 404


def test_begin_may_lie_ahead_of_its_close(cast: Cast) -> None:
    ahead = timezone.localdate() + timedelta(days=9)
    project = started(cast.county_441802, replace(OUTLINE, begun_on=ahead))
    with acting_as(cast.county_441802.scope):
        assert close_project(project, actor=cast.county_441802).closed_on == ahead
