"""A number registered elsewhere always has a way out, and tells nothing before both want it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from volunteers.duplicates.domain import answer_clash, ask_about_number, take_back_clash
from volunteers.duplicates.models import ClashNotice, ClashOutcome, ClashRequest
from volunteers.privacy.domain.requests import answer_request
from volunteers.privacy.models import ConsentText, PrivacyRequest
from volunteers.registry.domain import AlreadyRegistered
from volunteers.registry.models import Volunteer, VolunteerIdentity
from volunteers.transfers.domain import agree_transfer
from volunteers.transfers.models import Transfer

HERE = "440606103"
NUMBER = identity_number(411)
UNKNOWN = identity_number(413)
LIST = reverse("duplicates:clash-list")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _held(cast: Cast) -> None:
    """The cast's volunteer of 441802 has the number."""
    with as_owner():
        VolunteerIdentityFactory(volunteer=cast.volunteer, number=NUMBER)
        ConsentText.objects.get_or_create(kind="own", committee=None, version=1)


def asked(cast: Cast, number: str = NUMBER, name: str = "刘霞明") -> ClashRequest:
    """Another city's township has the person before it."""
    actor = cast.township_440606103
    with acting_as(actor.scope):
        return ask_about_number(
            actor=actor, committee=cast.committee(HERE), number=number, name=name, reason="来登记"
        )


def notice() -> ClashNotice:
    with as_owner():
        return ClashNotice.objects.get()


def test_holder_and_person_are_told_who_asks_and_why(cast: Cast) -> None:
    asked(cast)
    for actor in (cast.county_441802, cast.person):
        with acting_as(actor.scope):
            told = ClashNotice.objects.get()
            assert told.asking_name == cast.committee(HERE).full_name
            assert (told.name, told.reason) == ("刘霞明", "来登记")


def test_asking_says_the_same_for_a_number_that_nobody_has(
    cast: Cast, browser_client: Client
) -> None:
    client = log_in(browser_client, cast.township_440606103)
    client.get(LIST)
    said = []
    for number in (UNKNOWN, NUMBER):
        data = {"name": "刘霞明", "number": number, "committee": HERE, "reason": "来登记"}
        with CaptureQueriesContext(connection) as queries:
            response = client.post(reverse("duplicates:clash-create"), data)
        said.append((response.status_code, response["Location"], len(queries)))
        text = client.get(LIST).content.decode()
        assert cast.volunteer.number not in text
        assert cast.volunteer.name not in text
        assert cast.volunteer.committee.full_name not in text
    assert said[0] == said[1]
    with acting_as(cast.township_440606103.scope):
        rows = [(each.state, each.outcome) for each in ClashRequest.objects.all()]
        assert rows == [("waiting", "")] * 2
        assert not ClashNotice.objects.exists()


def test_offered_transfer_waits_for_the_asking_committee(cast: Cast) -> None:
    request = asked(cast)
    with acting_as(cast.county_441802.scope):
        answer_clash(
            notice(), actor=cast.county_441802, outcome=ClashOutcome.TRANSFER, address_of=str
        )
    actor = cast.township_440606103
    with acting_as(actor.scope):
        request.refresh_from_db()
        transfer = Transfer.objects.get()
        assert (request.state, request.outcome) == ("answered", "transfer")
        assert (transfer.asked_side, transfer.volunteer_number) == (
            "origin",
            cast.volunteer.number,
        )
        agree_transfer(transfer, actor=actor)
        assert Volunteer.objects.get(pk=cast.volunteer.pk).committee.code == HERE


def test_person_wants_the_transfer(cast: Cast) -> None:
    asked(cast)
    with acting_as(cast.person.scope):
        answer_clash(notice(), actor=cast.person, outcome=ClashOutcome.TRANSFER, address_of=str)
        assert Transfer.objects.get().asked_side == "person"


def test_visitor_and_mistake_move_nobody_and_say_what_to_do(cast: Cast) -> None:
    for outcome in (ClashOutcome.VISITOR, ClashOutcome.MISTAKE):
        request = asked(cast)
        with as_owner():
            told = ClashNotice.objects.get(request=request)
        with acting_as(cast.county_441802.scope):
            answer_clash(
                told, actor=cast.county_441802, outcome=outcome, note="请核对", address_of=str
            )
        with acting_as(cast.township_440606103.scope):
            request.refresh_from_db()
            assert (request.outcome, request.note) == (outcome, "请核对")
            assert not Transfer.objects.exists()


def test_person_does_not_settle_for_the_committee(cast: Cast) -> None:
    asked(cast)
    with acting_as(cast.person.scope), pytest.raises(Refusal) as refused:
        answer_clash(notice(), actor=cast.person, outcome=ClashOutcome.VISITOR, address_of=str)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("username", ["county-440606", "township-440606103", "province-auditor"])
def test_nobody_else_answers_raw_sql_neither(cast: Cast, username: str) -> None:
    asked(cast)
    told = notice()
    with acting_as(cast.actor(username).scope), connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_settle_clash(%s, 'transfer', '')", [told.pk])
        assert cursor.fetchone() == ("not_yours",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE volunteers_clashrequest SET outcome = 'transfer'",
        "INSERT INTO volunteers_clashnotice (volunteer_id) VALUES (1)",
        "UPDATE volunteers_clashnotice SET state = 'answered'",
        "SELECT volunteers_tell_holder()",
    ],
)
def test_halves_are_written_by_the_functions_only(cast: Cast, statement: str) -> None:
    asked(cast)
    with acting_as(cast.county_441802.scope), pytest.raises(Error):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_taken_back_is_taken_from_both(cast: Cast) -> None:
    request = asked(cast)
    with acting_as(cast.county_440606.scope):
        assert take_back_clash(request, actor=cast.county_440606).state == "withdrawn"
    assert notice().state == "withdrawn"
    asked(cast)


def test_same_number_is_asked_about_once(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(Refusal) as refused:
        asked(cast)
    assert refused.value.code == "already_asked"


def test_own_number_leads_to_the_own_entry(cast: Cast) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(AlreadyRegistered) as refused:
        ask_about_number(
            actor=actor,
            committee=cast.committee("441802009"),
            number=NUMBER,
            name="刘霞明",
            reason="来登记",
        )
    assert refused.value.volunteer == cast.volunteer


def test_notice_goes_along_with_the_person(cast: Cast) -> None:
    asked(cast)
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(committee=cast.committee("441881"))
    assert notice().committee.code == "441881"


def test_refused_registration_brings_what_was_typed_along(
    cast: Cast, browser_client: Client
) -> None:
    client = log_in(browser_client, cast.township_440606103)
    typed = {
        "name": "刘霞明",
        "number": NUMBER,
        "phone": "19900000001",
        "committee": HERE,
        "registered_on": "2026-03-05",
        "consent_on": "2026-03-05",
        "consent_evidence": "签字表",
        "nonce": "00000000-0000-0000-0000-000000000001",
    }
    refused = client.post(reverse("registry:volunteer-create"), typed)
    url = reverse("duplicates:clash-create")
    assert refused.status_code == 422
    assert f'formaction="{url}"' in refused.content.decode()
    form = client.post(url, typed)
    assert form.status_code == 200
    assert NUMBER in form.content.decode()


def test_person_answers_on_the_own_page(cast: Cast, browser_client: Client) -> None:
    asked(cast)
    client = log_in(browser_client, cast.person)
    own = reverse("duplicates:own-clashes")
    assert "来登记" in client.get(own).content.decode()
    client.post(reverse("duplicates:own-clash-answer", args=[notice().pk]), {"outcome": "mistake"})
    assert notice().outcome == "mistake"


def checks() -> PrivacyRequest:
    with as_owner():
        return PrivacyRequest.objects.get(kind="number")


def mistaken(cast: Cast) -> ClashRequest:
    """Asked, and answered that it is somebody else."""
    request = asked(cast)
    holder = cast.county_441802
    with acting_as(holder.scope):
        answer_clash(notice(), actor=holder, outcome=ClashOutcome.MISTAKE, address_of=str)
    return request


def outcome_there(cast: Cast, request: ClashRequest) -> tuple[str, str]:
    with acting_as(cast.township_440606103.scope):
        request.refresh_from_db()
    return request.outcome, request.note


@pytest.mark.parametrize("freed", [True, False])
def test_mistake_has_the_number_checked_and_tells_what_came_of_it(cast: Cast, freed: bool) -> None:
    request = mistaken(cast)
    assert outcome_there(cast, request)[0] == "mistake"
    if freed:
        with as_owner():
            VolunteerIdentity.objects.filter(pk=cast.volunteer.pk).update(number_index=b"other")
    holder = cast.county_441802
    with acting_as(holder.scope):
        answer_request(checks(), done=freed, answer="已核对身份证", actor=holder)
    assert outcome_there(cast, request) == ("freed" if freed else "checked", "已核对身份证")


def test_person_says_whose_the_number_is(cast: Cast) -> None:
    request = mistaken(cast)
    browser = log_in(Client(), cast.person)
    assert "证件号码待核对" in browser.get(reverse("own:profile")).content.decode()
    browser.post(reverse("privacy:number"), {"verb": "not_mine"})
    assert checks().is_open
    browser.post(reverse("privacy:number"), {"verb": "mine"})
    assert checks().state == "declined"
    assert outcome_there(cast, request)[0] == "checked"


def test_two_checks_of_one_number_are_one(cast: Cast) -> None:
    first, second = mistaken(cast), None
    with as_owner():
        ClashNotice.objects.all().update(answered_by_label="早")
    actor = cast.township_440606103
    with acting_as(actor.scope):
        second = ask_about_number(
            actor=actor, committee=cast.committee(HERE), number=NUMBER, name="陈", reason="再问"
        )
        told = second.pk
    with as_owner():
        again = ClashNotice.objects.get(request_id=told)
    holder = cast.county_441802
    with acting_as(holder.scope):
        answer_clash(again, actor=holder, outcome=ClashOutcome.MISTAKE, address_of=str)
        answer_request(checks(), done=False, answer="属实", actor=holder)
    assert {outcome_there(cast, each)[0] for each in (first, second)} == {"checked"}
