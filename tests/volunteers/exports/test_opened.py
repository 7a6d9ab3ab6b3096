"""Full data as a file: asked for, approved by a second person, logged for each, gone with it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_membership
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, VolunteerFactory, VolunteerIdentityFactory
from tests.volunteers.exports.test_views import ordered, rows_of
from volunteers.disclosure.domain import answer_disclosure, ask_for_list, end_disclosure
from volunteers.disclosure.models import Disclosure, DisclosureLook, Duration
from volunteers.exports.domain import discard_expired_files, order_export, write_export
from volunteers.exports.models import Export, ExportForm, ExportKind
from volunteers.registry.models import IdentityReveal, Volunteer

PHONE = "19900000321"
ORDER = {"kind": "opened", "form": "csv", "reason": "办理保险"}


@pytest.fixture
def officer(cast: Cast) -> Actor:
    with as_owner():
        return actor_of_membership(
            MembershipFactory(committee=cast.committee("441802"), role="officer")
        )


@pytest.fixture
def some(cast: Cast) -> list[Volunteer]:
    with as_owner():
        people = VolunteerFactory.create_batch(
            2, committee=cast.committee("441802103"), state="paused"
        )
        foreign = VolunteerFactory(committee=cast.committee("440606103"), state="paused")
        for person in (*people, foreign):
            VolunteerIdentityFactory(volunteer=person, phone=PHONE)
    return list(people)


def asked_by(officer: Actor, cast: Cast) -> Disclosure:
    """A request for everybody in the county who is paused."""
    with acting_as(officer.scope):
        return ask_for_list(
            {"state": "paused"},
            committee=cast.committee("441802"),
            actor=officer,
            reason="办理保险",
            hours=Duration.WORKDAY,
        )


def opened(officer: Actor, cast: Cast) -> Disclosure:
    """The same, approved."""
    asked = asked_by(officer, cast)
    with acting_as(cast.county_441802.scope):
        return answer_disclosure(asked, approved=True, actor=cast.county_441802)


def test_file_of_an_open_access_holds_full_numbers_and_logs_a_look_at_each(
    cast: Cast, officer: Actor, some: list[Volunteer]
) -> None:
    access = opened(officer, cast)
    client = log_in(Client(), officer)
    export = ordered(client, **ORDER, disclosure=str(access.pk))
    header, *rows = rows_of(client, export)
    assert header[5:7] == ["身份证号", "联系电话"]
    assert {row[1] for row in rows} == {person.number for person in some}
    assert {row[6].lstrip("'") for row in rows} == {PHONE}
    assert export.expires_at == access.expires_at
    with as_owner():
        looked = IdentityReveal.objects.values_list("volunteer_id", flat=True)
        assert sorted(looked) == sorted(person.pk for person in some)
        assert DisclosureLook.objects.get().people == 2


def test_without_an_open_access_of_ones_own_there_is_no_such_file(
    cast: Cast, officer: Actor, some: list[Volunteer]
) -> None:
    asked = asked_by(officer, cast)
    answer = log_in(Client(), officer).post(
        reverse("exports:export-create"),
        {**ORDER, "disclosure": str(asked.pk), "nonce": str(uuid4())},
    )
    assert answer.status_code == 422
    access = opened(_another(cast), cast)
    address = f"{reverse('exports:export-create')}?kind=opened&disclosure={access.pk}"
    assert log_in(Client(), officer).get(address).status_code == 404
    assert log_in(Client(), cast.county_440606).get(address).status_code == 404
    with as_owner():
        assert not Export.objects.exists()


def test_file_goes_when_the_access_is_ended(
    cast: Cast,
    officer: Actor,
    some: list[Volunteer],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    access = opened(officer, cast)
    client = log_in(Client(), officer)
    export = ordered(client, **ORDER, disclosure=str(access.pk))
    address = reverse("exports:export-file", args=[export.pk])
    assert client.get(address).status_code == 200
    with acting_as(cast.county_441802.scope):
        end_disclosure(access, actor=cast.county_441802)
    assert client.get(address).status_code == 404
    with (
        django_capture_on_commit_callbacks(execute=True),
        acting_as(Scope.for_job("sweep")),
    ):
        assert discard_expired_files() == 1
    assert not default_storage.exists(export.file)


def test_access_that_ends_before_the_worker_comes_opens_nothing(
    cast: Cast, officer: Actor, some: list[Volunteer]
) -> None:
    access = opened(officer, cast)
    with acting_as(officer.scope):
        export = order_export(
            actor=officer,
            kind=ExportKind.OPENED,
            form=ExportForm.CSV,
            committee=cast.committee("441802"),
            asked={},
            reason="办理保险",
            nonce=uuid4(),
            disclosure=access,
        )
    with acting_as(cast.county_441802.scope):
        end_disclosure(access, actor=cast.county_441802)
    with acting_as(officer.scope), pytest.raises(Refusal):
        write_export(export, actor=officer, progress=lambda _done, _total: None)
    with as_owner():
        assert not IdentityReveal.objects.exists()


def test_list_narrowed_by_claim_is_taken_along_as_narrow(
    cast: Cast, officer: Actor, some: list[Volunteer]
) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802103"), source="import", name="未认领")
    client = log_in(Client(), officer)
    export = ordered(client, kind="volunteers", claim="unclaimed")
    assert [row[0] for row in rows_of(client, export)[1:]] == ["未认领"]


def test_people_of_a_list_are_asked_for_from_its_page(
    cast: Cast, officer: Actor, some: list[Volunteer]
) -> None:
    client = log_in(Client(), officer)
    page = client.get(reverse("exports:export-create"), {"kind": "volunteers", "state": "paused"})
    address = reverse("disclosure:disclosure-of-list")
    assert f"{address}?state=paused" in page.content.decode()
    answer = client.post(f"{address}?state=paused", {"reason": "办理保险", "hours": "8"})
    assert answer.status_code == 302
    with as_owner():
        asked = Disclosure.objects.get()
    assert asked.people == 2
    found = client.post(f"{address}?q={PHONE}", {"reason": "办理保险", "hours": "8"})
    assert found.status_code == 422


def _another(cast: Cast) -> Actor:
    with as_owner():
        return actor_of_membership(
            MembershipFactory(committee=cast.committee("441802"), role="officer")
        )
