"""What the first page of a volunteer says of certificates."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.volunteers.certificates.arranging import YEAR, issued, served
from volunteers.certificates.domain import (
    answer_seal,
    ask_seal,
    issue_certificate,
    withdraw_certificate,
)
from volunteers.certificates.models import Certificate
from volunteers.own.summary import News, news_of
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db
HOME = reverse("own:home")


def asked(cast: Cast) -> Certificate:
    """A certificate that waits for its seal."""
    with acting_as(cast.person.scope):
        certificate = issued(cast)
        ask_seal(certificate, actor=cast.person)
    return certificate


def answered(cast: Cast, certificate: Certificate, *, apply: bool) -> None:
    officer = cast.county_441802
    with acting_as(officer.scope):
        answer_seal(certificate, actor=officer, apply=apply, reason="" if apply else "材料不全")


def news(cast: Cast) -> list[News]:
    with acting_as(cast.person.scope):
        return news_of(cast.volunteer.pk)


@pytest.mark.parametrize(("apply", "words"), [(True, "已盖章"), (False, "材料不全")])
def test_answer_to_a_request_for_a_seal_is_news(cast: Cast, apply: bool, words: str) -> None:
    served(cast)
    certificate = asked(cast)
    assert news(cast) == []
    answered(cast, certificate, apply=apply)
    (line,) = news(cast)
    assert certificate.number in line.detail
    assert words in line.detail
    assert line.url == reverse("certificates:own-detail", args=[certificate.pk])


def test_seal_that_is_asked_for_again_is_no_news(cast: Cast) -> None:
    served(cast)
    certificate = asked(cast)
    answered(cast, certificate, apply=False)
    with acting_as(cast.person.scope):
        ask_seal(certificate, actor=cast.person)
    assert news(cast) == []


def test_certificate_that_the_office_took_back_is_news_and_an_own_withdrawal_is_not(
    cast: Cast,
) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        own, taken = issued(cast), issued(cast)
        withdraw_certificate(own, actor=cast.person, reason="不需要了")
    with acting_as(cast.county_441802.scope):
        withdraw_certificate(taken, actor=cast.county_441802, reason="时长有误")
    (line,) = news(cast)
    assert taken.number in line.detail
    assert "时长有误" in line.detail


def test_news_of_certificates_is_over_after_a_month(cast: Cast) -> None:
    served(cast)
    answered(cast, asked(cast), apply=True)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert news(cast) == []


def test_somebody_elses_answer_is_not_told(cast: Cast) -> None:
    officer = cast.county_441802
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802009"))
        ServiceRecordFactory(
            volunteer=other, committee=other.committee, served_on=YEAR.first_on, state="confirmed"
        )
    with acting_as(officer.scope):
        person = Volunteer.objects.select_related("committee").get(pk=other.pk)
        foreign = issue_certificate(person, actor=officer, choice=YEAR)
        withdraw_certificate(foreign, actor=officer, reason="时长有误")
    assert news(cast) == []


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_as_often_for_three_answers_as_for_one(
    cast: Cast, client: Client, count: int
) -> None:
    served(cast)
    for _each in range(count):
        answered(cast, asked(cast), apply=True)
    log_in(client, cast.person)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(HOME).context["news"]) == count
    assert len([each for each in queries if "volunteers_certificate" in each["sql"]]) == 1
