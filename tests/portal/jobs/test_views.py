"""The pages of one's own jobs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.jobs.kinds import job_kind
from core.jobs.models import Job
from core.jobs.runs import JobRun
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner

HTMX = {"HX-Request": "true"}


@job_kind("test_page", title="work of a page", unit="rows")
def work_of_a_page(_run: JobRun) -> dict[str, str]:
    """Only asked for here."""
    return {}


def job_of(actor: Actor, **values: object) -> Job:
    fields = {"kind": "test_page", "title": "导入 hours.xlsx", "language": "en", **values}
    with as_owner():
        return Job.objects.create(user_id=actor.scope.user, **fields)


def finished(**values: object) -> dict[str, object]:
    return {"finished_at": timezone.now(), **values}


@pytest.fixture
def desk(cast: Cast, browser_client: Client) -> Client:
    browser_client.cookies["django_language"] = "en"
    return log_in(browser_client, cast.county_441802)


def page(client: Client, name: str, job: Job, **extra: object) -> str:
    response = client.get(reverse(name, args=[job.pk]), **extra)  # type: ignore[arg-type]
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_the_own_jobs_only(cast: Cast, desk: Client) -> None:
    job_of(cast.county_441802, title="my own work", done=7, total=9)
    job_of(cast.county_440606, title="the work of others")
    text = desk.get(reverse("jobs:job-list")).content.decode()
    assert "my own work" in text
    assert "7 / 9" in text
    assert "the work of others" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_for_the_jobs_once(cast: Cast, desk: Client, count: int) -> None:
    for _ in range(count):
        job_of(cast.county_441802)
    with CaptureQueriesContext(connection) as asked:
        desk.get(reverse("jobs:job-list"))
    assert len([query for query in asked if "core_job" in query["sql"]]) == 1


def test_empty_list_says_what_would_be_here(desk: Client) -> None:
    assert (
        "No long work has been started yet" in desk.get(reverse("jobs:job-list")).content.decode()
    )


def test_list_goes_on_where_the_page_ended(cast: Cast, desk: Client) -> None:
    jobs = [job_of(cast.county_441802, title=f"work no. {number:02}") for number in range(51)]
    address = reverse("jobs:job-list")
    first = desk.get(address).content.decode()
    assert "work no. 50" in first
    assert "work no. 00" not in first
    assert f"{address}?before={jobs[1].pk}" in first

    more = desk.get(address, {"before": jobs[1].pk}, headers=HTMX).content.decode()
    assert "work no. 00" in more
    assert "work no. 01" not in more
    assert "<html" not in more


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "１"])
def test_list_begins_anew_at_an_address_that_makes_no_sense(
    cast: Cast, desk: Client, before: str
) -> None:
    job_of(cast.county_441802, title="my own work")
    assert "my own work" in desk.get(reverse("jobs:job-list"), {"before": before}).content.decode()


def test_running_job_is_asked_for_again_and_again(cast: Cast, desk: Client) -> None:
    job = job_of(cast.county_441802, state="running", worker="w", lease_until=timezone.now())
    for name in ("jobs:job-detail", "jobs:job-panel"):
        assert 'hx-trigger="every 1s"' in page(desk, name, job, headers=HTMX)


def test_finished_job_is_asked_for_no_more_and_leads_to_its_result(
    cast: Cast, desk: Client
) -> None:
    job = job_of(cast.county_441802, state="done", **finished(result={"url": "/there/"}))
    for name in ("jobs:job-detail", "jobs:job-panel"):
        text = page(desk, name, job, headers=HTMX)
        assert "hx-trigger" not in text
        assert 'href="/there/"' in text


def test_failed_job_says_why(cast: Cast, desk: Client) -> None:
    job = job_of(cast.county_441802, state="failed", **finished(error="Row 1 is wrong."))
    assert "Row 1 is wrong." in page(desk, "jobs:job-detail", job)


def test_panel_leads_to_the_page_without_htmx(cast: Cast, desk: Client) -> None:
    job = job_of(cast.county_441802)
    response = desk.get(reverse("jobs:job-panel", args=[job.pk]))
    assert response.status_code == 302
    assert response["Location"] == reverse("jobs:job-detail", args=[job.pk])


def test_cancelling_stops_a_waiting_job_and_says_so(cast: Cast, desk: Client) -> None:
    job = job_of(cast.county_441802)
    assert reverse("jobs:job-cancel", args=[job.pk]) in page(desk, "jobs:job-detail", job)
    response = desk.post(reverse("jobs:job-cancel", args=[job.pk]), follow=True)
    text = response.content.decode()
    assert "is cancelled. Nothing was changed." in text
    assert reverse("jobs:job-cancel", args=[job.pk]) not in text


def test_cancelling_an_ended_job_changes_nothing(cast: Cast, desk: Client) -> None:
    job = job_of(cast.county_441802, state="done", **finished(result={"url": "/there/"}))
    response = desk.post(reverse("jobs:job-cancel", args=[job.pk]), follow=True)
    assert "there is nothing to cancel" in response.content.decode()
    assert 'href="/there/"' in response.content.decode()


def test_cancelling_needs_a_post(cast: Cast, desk: Client) -> None:
    job = job_of(cast.county_441802)
    assert desk.get(reverse("jobs:job-cancel", args=[job.pk])).status_code == 405


@pytest.mark.parametrize("name", ["jobs:job-detail", "jobs:job-panel", "jobs:job-cancel"])
def test_job_of_somebody_else_is_not_there(cast: Cast, desk: Client, name: str) -> None:
    address = reverse(name, args=[job_of(cast.county_440606).pk])
    answer = desk.post(address) if name == "jobs:job-cancel" else desk.get(address, headers=HTMX)
    assert answer.status_code == 404


def test_volunteer_sees_the_own_jobs(cast: Cast, browser_client: Client) -> None:
    job = job_of(cast.person, title="my certificate")
    log_in(browser_client, cast.person)
    assert "my certificate" in page(browser_client, "jobs:job-detail", job)


def test_visitor_is_sent_to_the_login(cast: Cast, browser_client: Client) -> None:
    response = browser_client.get(reverse("jobs:job-list"))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
