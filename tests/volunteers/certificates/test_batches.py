"""Certificates for many: once each, whoever asks twice and wherever a worker dies."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.volunteers.bulk.conftest import silent
from tests.volunteers.certificates.arranging import YEAR
from volunteers.bulk.domain import Choice as People
from volunteers.certificates.domain import batches, issue_batch, issue_certificate, order_batch
from volunteers.certificates.models import Certificate
from volunteers.registry.models import Volunteer

CREATE = reverse("certificates:batch-create")
PERIOD = {"first_on": "2026-01-01", "last_on": "2026-12-31"}


def people(cast: Cast, count: int, *, serving: int, code: str = "441802009") -> list[Volunteer]:
    """So many, of whom the first ``serving`` have two confirmed hours."""
    with as_owner():
        place = cast.committee(code)
        made = [VolunteerFactory(committee=place) for _ in range(count)]
        for person in made[:serving]:
            ServiceRecordFactory(
                volunteer=person, committee=place, served_on=date(2026, 5, 1), state="confirmed"
            )
    return made


def asked_for(chosen: list[Volunteer], *, actor: Actor, nonce: UUID | None = None) -> Job:
    with acting_as(actor.scope):
        numbers = [person.number for person in chosen]
        reach = People(below=actor.scope.committee, numbers=numbers)
        return order_batch(reach, YEAR, actor=actor, nonce=nonce or uuid4())


def issued_to() -> dict[int, int]:
    """Serial number by volunteer."""
    with as_owner():
        return dict(Certificate.objects.order_by("serial").values_list("volunteer_id", "serial"))


@pytest.mark.django_db(transaction=True)
def test_each_who_served_gets_one_and_who_did_not_is_left_out(cast: Cast) -> None:
    chosen = people(cast, 3, serving=2)
    job = asked_for(chosen, actor=cast.county_441802)
    assert run_job_now(job.pk)
    with as_owner():
        done = Job.objects.get(pk=job.pk)
        batches_named = set(Certificate.objects.values_list("batch", flat=True))
    assert (done.state, done.refused) == ("done", 1)
    assert issued_to() == {chosen[0].pk: 1, chosen[1].pk: 2}
    assert batches_named == {job.nonce}


@pytest.mark.django_db(transaction=True)
def test_attempt_that_died_leaves_nothing_and_the_next_issues_each_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = people(cast, 3, serving=3)
    job = asked_for(chosen, actor=cast.county_441802)
    calls = 0

    def dies_at_the_third(*args: Any, **fields: Any) -> Certificate:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise ConnectionError
        return issue_certificate(*args, **fields)

    monkeypatch.setattr(batches, "issue_certificate", dies_at_the_third)
    run_job_now(job.pk)
    assert issued_to() == {}
    with as_owner():
        Job.objects.filter(pk=job.pk).update(due_at=Now())
    assert run_job_now(job.pk)
    assert sorted(issued_to().values()) == [1, 2, 3]


@pytest.mark.django_db
def test_batch_done_twice_finds_what_it_made(cast: Cast) -> None:
    chosen = people(cast, 2, serving=2)
    actor = cast.county_441802
    asked = {"people": [each.pk for each in chosen], "batch": str(uuid4()), **PERIOD}
    for _ in range(2):
        with acting_as(actor.scope):
            assert issue_batch(asked, actor=actor, progress=silent).made == 2
    assert sorted(issued_to().values()) == [1, 2]


@pytest.mark.django_db
def test_nobody_with_service_is_refused_in_words(cast: Cast) -> None:
    asked = {"people": [each.pk for each in people(cast, 1, serving=0)], "batch": str(uuid4())}
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        issue_batch({**asked, **PERIOD}, actor=actor, progress=silent)
    assert refused.value.code == "nothing"


@pytest.mark.django_db
def test_others_people_are_neither_chosen_nor_certified(cast: Cast) -> None:
    foreign = people(cast, 1, serving=1, code="440606103")
    actor = cast.county_441802
    with pytest.raises(Refusal) as refused:
        asked_for(foreign, actor=actor)
    assert refused.value.code == "nobody"
    asked = {"people": [each.pk for each in foreign], "batch": str(uuid4()), **PERIOD}
    with acting_as(actor.scope), pytest.raises(Refusal):
        issue_batch(asked, actor=actor, progress=silent)
    assert issued_to() == {}


@pytest.mark.django_db
def test_who_may_not_issue_asks_for_none(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        asked_for(people(cast, 1, serving=1), actor=cast.recorder_441802)


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_never_share_a_number(cast: Cast) -> None:
    chosen = people(cast, 8, serving=8)
    actor = cast.county_441802

    def issue(key: int) -> None:
        try:
            with acting_as(actor.scope):
                person = Volunteer.objects.select_related("committee").get(pk=key)
                issue_certificate(person, actor=actor, choice=YEAR)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as threads:
        list(threads.map(issue, [each.pk for each in chosen]))
    assert sorted(issued_to().values()) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_officer_issues_from_the_list_and_prints_all_in_one_file(
    cast: Cast, client: Client
) -> None:
    chosen = people(cast, 3, serving=2)
    log_in(client, cast.county_441802)
    ticked = {"selected": [each.number for each in chosen]}
    page = client.post(CREATE, ticked).content.decode()
    nonce = re.search(r'name="nonce" value="([0-9a-f-]{36})"', page)
    assert nonce is not None
    answer = client.post(CREATE, {**ticked, **PERIOD, "nonce": nonce[1], "step": "do"})
    with as_owner():
        job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job-detail", args=[job.pk])
    run_job_now(job.pk)
    listed = client.get(reverse("certificates:batch-detail", args=[job.nonce])).content.decode()
    assert chosen[2].name in listed
    paper = client.get(reverse("certificates:batch-pdf", args=[job.nonce]))
    assert paper.content.startswith(b"%PDF-1.7")
    assert "no-store" in paper["Cache-Control"]
    with as_owner():
        one = Certificate.objects.order_by("pk")[0]
    withdrawn = client.post(
        reverse("certificates:certificate-withdraw", args=[one.pk]), {"reason": "印错"}
    )
    assert withdrawn["Location"] == reverse("certificates:batch-detail", args=[job.nonce])
    foreign = log_in(Client(), cast.county_440606)
    assert foreign.get(reverse("certificates:batch-pdf", args=[job.nonce])).status_code == 404


@pytest.mark.django_db
def test_period_that_ends_early_keeps_who_was_chosen(cast: Cast, client: Client) -> None:
    (person,) = people(cast, 1, serving=1)
    log_in(client, cast.county_441802)
    period = {"first_on": "2026-12-31", "last_on": "2026-01-01", "nonce": str(uuid4())}
    answer = client.post(CREATE, {"selected": [person.number], **period, "step": "do"})
    assert answer.status_code == 422
    assert person.number in answer.content.decode()
