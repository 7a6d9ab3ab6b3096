"""Somebody under 18 moves only after the guardian has agreed, by link and code."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from core.crypto.sealing import seal
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import actor_of_parent
from organizations.family.models import FamilyTie
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerIdentityFactory
from tests.phones import last_code, last_message, messages_to
from tests.volunteers.signups.arranging import another
from tests.volunteers.transfers.desk import HERE, THERE, asked, row_of
from volunteers.registry.models import Volunteer, identity_context
from volunteers.transfers.domain import agree_transfer, ask_transfer, release_grown
from volunteers.transfers.models import Transfer

PARENT = "19900003344"


@pytest.fixture
def child(cast: Cast) -> Volunteer:
    """The cast's volunteer is fourteen, with a guardian on record."""
    pk = cast.volunteer.pk
    with as_owner():
        Volunteer.objects.filter(pk=pk).update(
            birth_date=date(2012, 4, 1), guardian_phone_mask="199****3344"
        )
        sealed = seal(PARENT, context=identity_context(pk, "guardian_phone_sealed"))
        VolunteerIdentityFactory(volunteer=cast.volunteer, guardian_phone_sealed=sealed)
    return cast.volunteer


def link() -> str:
    found = re.search(r"/accounts/transfer-consent/\S+", last_message(PARENT))
    assert found is not None
    return found.group()


def answered(address: str, verb: str) -> str:
    """The page after the guardian's answer, in a browser of their own."""
    guardian = Client()
    guardian.post(address, {"verb": "send"})
    said = {"verb": verb, "name": "陈大", "code": last_code(PARENT)}
    return guardian.post(address, said).content.decode()


def agreed(cast: Cast, transfer: Transfer) -> None:
    with acting_as(cast.county_440606.scope):
        agree_transfer(transfer, actor=cast.county_440606)


def seen_there(cast: Cast) -> int:
    with acting_as(cast.county_440606.scope):
        return Transfer.objects.count()


def test_nobody_moves_and_nobody_there_knows_before_the_guardian_agrees(
    cast: Cast, child: Volunteer
) -> None:
    transfer = asked(cast)
    address = link()
    assert seen_there(cast) == 0
    with pytest.raises(Refusal) as refused:
        agreed(cast, transfer)
    assert refused.value.code == "not_yours"
    assert "已同意" in answered(address, "agree")
    assert Client().get(address).status_code == 410
    assert seen_there(cast) == 1
    agreed(cast, transfer)
    assert row_of(child).committee.code == THERE


def test_guardian_who_does_not_agree_ends_it(cast: Cast, child: Volunteer) -> None:
    asked(cast)
    answered(link(), "decline")
    with as_owner():
        transfer = Transfer.objects.get()
    assert (transfer.state, transfer.guardian, transfer.guardian_name) == (
        "refused", "refused", "陈大",
    )  # fmt: skip
    assert row_of(child).committee.code == HERE
    page = log_in(Client(), cast.person).get(reverse("transfers:own-transfers"))
    assert "监护人不同意" in page.content.decode()


def test_wrong_code_decides_nothing_and_five_close_it(cast: Cast, child: Volunteer) -> None:
    asked(cast)
    address, guardian = link(), Client()
    guardian.post(address, {"verb": "send"})
    right = last_code(PARENT)
    wrong = {"verb": "agree", "name": "陈大", "code": "0" if right != "000000" else "1"}
    for _try in range(5):
        assert guardian.post(address, wrong).status_code == 422
    assert guardian.post(address, {**wrong, "code": right}).status_code == 422
    with as_owner():
        assert Transfer.objects.get().guardian == "asked"


def test_a_new_link_closes_the_one_before(cast: Cast, child: Volunteer) -> None:
    transfer = asked(cast)
    first = link()
    office = log_in(Client(), cast.county_441802)
    office.post(reverse("transfers:guardian-link", args=[transfer.pk]))
    assert len(messages_to(PARENT)) == 2
    assert Client().get(first).status_code == 410
    assert Client().get(link()).status_code == 200


def test_without_a_guardian_on_record_nothing_is_asked(cast: Cast) -> None:
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(birth_date=date(2012, 4, 1))
        VolunteerIdentityFactory(volunteer=cast.volunteer)
    with pytest.raises(Refusal) as refused:
        asked(cast)
    assert refused.value.code == "no_guardian_phone"
    with as_owner():
        assert not Transfer.objects.exists()


def test_who_holds_the_childs_pages_may_ask(cast: Cast, child: Volunteer) -> None:
    with as_owner():
        user = UserFactory(username="parent")
        tie = FamilyTie.objects.create(
            user=user, volunteer_id=child.pk, child_name="陈", until=date(2030, 4, 1)
        )
    parent = actor_of_parent(user, tie)
    with acting_as(parent.scope):
        made = ask_transfer(
            child.pk, actor=parent, destination=THERE, reason="搬家", address_of=str
        )
    assert (made.asked_side, made.guardian) == ("person", "asked")
    with as_owner():
        FamilyTie.objects.update(until=date(2026, 1, 1))
    assert messages_to(PARENT)


def test_the_database_lets_nobody_skip_the_guardian(cast: Cast, child: Volunteer) -> None:
    transfer = asked(cast)
    with as_owner(), pytest.raises(IntegrityError, match="transfer_guardian_first"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE volunteers_transfer SET state = 'done', answered_at = now() WHERE id = %s",
                [transfer.pk],
            )


def come_of_age(child: Volunteer) -> None:
    with as_owner():
        Volunteer.objects.filter(pk=child.pk).update(birth_date=date(2000, 4, 1))


def test_who_asked_and_came_of_age_waits_for_no_guardian(cast: Cast, child: Volunteer) -> None:
    with acting_as(cast.person.scope):
        ask_transfer(child.pk, actor=cast.person, destination=THERE, reason="搬家", address_of=str)
    assert release_grown() == 0, "still a minor"
    come_of_age(child)
    assert release_grown() == 1
    assert seen_there(cast) == 1


def test_who_came_of_age_is_asked_what_the_committee_wants(cast: Cast, child: Volunteer) -> None:
    transfer = asked(cast)
    agree = reverse("transfers:own-agree", args=[transfer.pk])
    browser = log_in(Client(), cast.person)
    browser.post(agree)
    assert seen_there(cast) == 0, "a minor does not decide"
    come_of_age(child)
    assert release_grown() == 0
    assert seen_there(cast) == 0
    assert agree in browser.get(reverse("transfers:own-transfers")).content.decode()
    assert "待您确认" in browser.get(reverse("own:home")).content.decode()
    browser.post(agree)
    assert seen_there(cast) == 1
    agreed(cast, transfer)
    assert row_of(child).committee.code == THERE


def test_nobody_agrees_in_anothers_place(cast: Cast, child: Volunteer) -> None:
    transfer = asked(cast)
    come_of_age(child)
    with acting_as(another(cast).scope), connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_person_agrees(%s)", [transfer.pk])
        assert cursor.fetchone() == ("answered",)
    assert seen_there(cast) == 0
    with as_owner():
        assert Transfer.objects.get(pk=transfer.pk).guardian == "asked"
