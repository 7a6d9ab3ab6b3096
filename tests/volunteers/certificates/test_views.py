"""The volunteer's pages, the officer's queue, and the page without login."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.certificates.arranging import issued, served
from volunteers.certificates.domain import ask_seal
from volunteers.certificates.domain.limiting import FREE_TRIES
from volunteers.certificates.models import Certificate

pytestmark = pytest.mark.django_db
OWN = reverse("certificates:own-list")
NEW = reverse("certificates:own-create")
QUEUE = reverse("certificates:certificate-list")
PERIOD = {"first_on": "2026-01-01", "last_on": "2026-12-31"}


def test_volunteer_issues_and_gets_the_pdf_at_once(cast: Cast, client: Client) -> None:
    served(cast)
    log_in(client, cast.person)
    answer = client.post(NEW, {**PERIOD, "nonce": "11111111-1111-4111-8111-111111111111"})
    with as_owner():
        certificate = Certificate.objects.get()
    assert answer["Location"] == reverse("certificates:own-detail", args=[certificate.pk])
    assert certificate.code in client.get(answer["Location"]).content.decode()
    paper = client.get(reverse("certificates:own-pdf", args=[certificate.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2</pdfaid:part" in paper.content.replace(b" ", b"")


def test_empty_period_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    served(cast)
    log_in(client, cast.person)
    period = {"first_on": "2020-01-01", "last_on": "2020-02-01"}
    answer = client.post(NEW, {**period, "nonce": "11111111-1111-4111-8111-111111111112"})
    assert answer.status_code == 422
    assert "2020-02-01" in answer.content.decode()


def test_full_number_is_printed_only_after_the_password(cast: Cast, client: Client) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        certificate = issued(cast, full_number=True)
    log_in(client, cast.person)
    answer = client.get(reverse("certificates:own-pdf", args=[certificate.pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_asks_as_often_for_three_as_for_one(
    cast: Cast, client: Client, count: int
) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        for _each in range(count):
            issued(cast)
    log_in(client, cast.person)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(client.get(OWN).context["certificates"]) == count
    assert len([each for each in asked if "volunteers_certificate" in each["sql"]]) == 1


def test_who_may_seal_is_told_of_the_queue(cast: Cast) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        certificate = issued(cast)
    home = reverse("home:home")
    head, recorder = log_in(Client(), cast.county_441802), log_in(Client(), cast.recorder_441802)
    assert QUEUE not in head.get(home).content.decode()
    with acting_as(cast.person.scope):
        ask_seal(certificate, actor=cast.person)
    assert QUEUE in head.get(home).content.decode()
    assert QUEUE not in recorder.get(home).content.decode()


def test_officer_seals_from_the_queue(cast: Cast, client: Client) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        certificate = issued(cast)
        ask_seal(certificate, actor=cast.person)
    log_in(client, cast.county_441802)
    assert [row.pk for row in client.get(QUEUE).context["rows"]] == [certificate.pk]
    client.post(
        reverse("certificates:certificate-seal", args=[certificate.pk]), {"answer": "apply"}
    )
    assert client.get(QUEUE).context["rows"] == []
    assert client.get(f"{QUEUE}?all=1").context["rows"][0].is_sealed
    paper = client.get(reverse("certificates:certificate-pdf", args=[certificate.pk]))
    assert paper.content.startswith(b"%PDF")


def test_anybody_with_the_code_reads_masked_name_and_total(cast: Cast, client: Client) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        certificate = issued(cast)
    answer = client.get(reverse("certificates:verify", args=[certificate.code]))
    page = answer.content.decode()
    assert answer.context["signed"]
    assert certificate.masked_name in page
    assert cast.volunteer.name not in page
    assert cast.volunteer.number not in page


def test_member_without_a_second_factor_or_idle_reads_as_a_visitor(
    cast: Cast, client: Client, settings: Settings
) -> None:
    address = reverse("certificates:verify-ask")
    log_in(client, cast.county_441802)
    client.get(address)
    settings.STAFF_TOTP_REQUIRED = True
    assert client.get(address).status_code == 200
    settings.SESSION_IDLE_SECONDS = -1
    assert client.get(address).status_code == 200


def test_wrong_codes_are_answered_alike_and_then_not_at_all(cast: Cast, client: Client) -> None:
    cache.clear()
    served(cast)
    with acting_as(cast.person.scope):
        right = reverse("certificates:verify", args=[issued(cast).code])
    wrong = [reverse("certificates:verify", args=[f"wrong{each}"]) for each in range(FREE_TRIES)]
    pages = {client.get(each).content.decode().partition("<main")[2] for each in wrong}
    assert len(pages) == 1
    assert client.get(right).status_code == 200
    assert client.get(reverse("certificates:verify", args=["wrong"])).status_code == 404
    assert client.get(right).status_code == 429
    assert Client(REMOTE_ADDR="10.1.2.3").get(right).status_code == 200
    cache.clear()


def test_keys_are_published_without_their_secrets(client: Client, settings: object) -> None:
    said = client.get(reverse("certificates:verify-key")).json()
    assert list(said["keys"]) == ["test-1"]
    assert "dGVzdHMtc2lnbi" not in str(said)
