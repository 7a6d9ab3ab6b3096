"""The pages of changing many: whom it concerns is seen before, and who may."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.bulk.conftest import Changed, outcomes
from volunteers.bulk.models import BulkChange
from volunteers.registry.models import Volunteer

NEW = "bulk:bulk-create"


def asked(client: Client, **given: Any) -> str:
    """The page that shows whom it concerns."""
    typed = {"step": "preview", "reason": "外出求学", "nonce": str(uuid4()), **given}
    answer = client.post(reverse(NEW), typed)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]


@pytest.mark.django_db(transaction=True)
def test_from_the_list_to_the_change_and_back(cast: Cast, secretary: Client) -> None:
    with as_owner():
        some = VolunteerFactory.create_batch(3, committee=cast.committee("441802103"))
        VolunteerFactory(committee=cast.committee("441802103"), state="paused")
    given = {"kind": "pause", "committee": "441802103", "back_on": "2031-07-01"}
    page = asked(secretary, **given)
    assert "将改动 3 人" in page
    assert "不改动 1 人" in page
    with as_owner():
        assert not BulkChange.objects.exists()
    sent = {"digest": hidden(page, "digest"), "nonce": hidden(page, "nonce"), "step": "do"}
    answer = secretary.post(reverse(NEW), {**given, "reason": "外出求学", **sent})
    assert answer.status_code == 302
    with as_owner():
        change = BulkChange.objects.get()
    assert run_job_now(change.job_id or 0)
    with as_owner():
        assert Volunteer.objects.filter(state="paused").count() == 4
        job = Job.objects.get(pk=change.job_id or 0)
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    detail = reverse("bulk:bulk-detail", args=[change.pk])
    assert job.result_url == detail
    assert "全部恢复原状" in secretary.get(detail).content.decode()
    secretary.post(reverse("bulk:bulk-undo", args=[change.pk]))
    with as_owner():
        undoing = Job.objects.latest("pk")
    assert run_job_now(undoing.pk)
    assert sorted(outcomes(change).values()) == ["left already", *["undone"] * 3]
    with as_owner():
        assert {each.state for each in Volunteer.objects.filter(pk__in=[s.pk for s in some])} == {
            "active"
        }


def test_question_answered_otherwise_by_now_is_asked_again(cast: Cast, secretary: Client) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802103"))
    given = {"kind": "withdraw", "committee": "441802103", "reason": "外出求学"}
    page = asked(secretary, **given)
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802103"))
    sent = {"digest": hidden(page, "digest"), "nonce": hidden(page, "nonce"), "step": "do"}
    answer = secretary.post(reverse(NEW), {**given, **sent})
    assert answer.status_code == 422
    assert "请再看一遍" in answer.content.decode()
    with as_owner():
        assert not BulkChange.objects.exists()


def test_ticked_rows_of_others_are_counted_and_not_named(cast: Cast, secretary: Client) -> None:
    with as_owner():
        mine = VolunteerFactory(committee=cast.committee("441802103"))
        foreign = VolunteerFactory(committee=cast.committee("440606103"), name="远方来")
    page = asked(secretary, kind="pause", selected=[mine.number, foreign.number])
    assert "将改动 1 人" in page
    assert "不属于您的团委" in page
    assert "远方来" not in page


@pytest.mark.parametrize("actor", ["county-441802-recorder", "province-auditor"])
def test_only_heads_change_many(cast: Cast, actor: str) -> None:
    client = log_in(Client(), cast.actor(actor))
    assert client.get(reverse(NEW)).status_code == 403
    listed = client.get(reverse("registry:volunteer-list")).content.decode()
    assert reverse(NEW) not in listed


def test_another_countys_change_does_not_exist(
    cast: Cast, changed: Changed, secretary: Client
) -> None:
    with as_owner():
        person = VolunteerFactory(committee=cast.committee("441802103"))
    change = changed([person], "pause")
    other = log_in(Client(), cast.county_440606)
    detail = reverse("bulk:bulk-detail", args=[change.pk])
    assert other.get(detail).status_code == 404
    assert other.post(reverse("bulk:bulk-undo", args=[change.pk])).status_code == 404
    assert person.name in secretary.get(detail).content.decode()
    assert change.reason in secretary.get(reverse("bulk:bulk-list")).content.decode()


def test_detail_asks_the_same_for_one_person_and_for_three(
    cast: Cast, changed: Changed, secretary: Client, django_assert_num_queries: Any
) -> None:
    secretary.get(reverse("bulk:bulk-list"))
    for number in (1, 3):
        with as_owner():
            some = VolunteerFactory.create_batch(number, committee=cast.committee("441802103"))
        change = changed(some, "pause")
        with django_assert_num_queries(12):
            secretary.get(reverse("bulk:bulk-detail", args=[change.pk]))
