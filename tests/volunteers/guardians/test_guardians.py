"""Guardians: consent by link and code, withdrawn as easily; families end when the tie does."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.crypto.sealing import seal
from core.tenancy.scope import Scope, ScopeRefused, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import actor_of_parent
from organizations.accounts.scopes import actor_for_volunteer_account
from organizations.family.models import FamilyTie
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import (
    ServiceRecordFactory,
    UserFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.factories.volunteers import identity_number
from tests.phones import last_code, last_message
from volunteers.guardians.domain.coming_of_age import lapse_at_eighteen
from volunteers.guardians.domain.links import opened_link
from volunteers.guardians.models import LinkUse
from volunteers.privacy.models import Consent, ConsentText, PrivacyRequest
from volunteers.registry.models import Volunteer, VolunteerIdentity, identity_context

PARENT_PHONE = "19900003333"
NOW = "2026-11-22T04:00Z"
BORN = date(2012, 4, 1)
CHILD_NUMBER = identity_number(602, born=BORN)

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(cast: Cast) -> Volunteer:
    with as_owner():
        for kind in ("own", "guardian"):
            ConsentText.objects.get_or_create(
                kind=kind, committee=None, version=1, defaults={"title": "同意书", "body": "正文"}
            )
        volunteer: Volunteer = VolunteerFactory(
            committee=cast.committee("441802009"),
            name="陈小满",
            birth_date=BORN,
            guardian_name="陈大海",
            guardian_phone_mask="199****3333",
        )
        VolunteerIdentityFactory(
            volunteer=volunteer,
            number=CHILD_NUMBER,
            guardian_phone_sealed=seal(
                PARENT_PHONE, context=identity_context(volunteer.pk, "guardian_phone_sealed")
            ),
        )
        ServiceRecordFactory(volunteer=volunteer, activity_title="河边清理")
    return volunteer


def link_for(cast: Cast, child: Volunteer) -> str:
    """The address that an officer's click sends to the guardian."""
    officer = log_in(Client(), cast.county_441802)
    assert officer.post(reverse("guardians:link-create", args=[child.number])).status_code == 200
    return address_in(last_message(PARENT_PHONE))


def address_in(text: str) -> str:
    found = re.search(r"/accounts/guardian/\S+", text)
    assert found is not None
    return found.group()


def consented(address: str, client: Client) -> int:
    client.post(address, {"verb": "send"})
    data = {"name": "陈大海", "code": last_code(PARENT_PHONE), "agreed": "on"}
    return client.post(address, data).status_code


def row(child: Volunteer) -> Volunteer:
    with as_owner():
        return Volunteer.objects.get(pk=child.pk)


def test_guardian_consents_by_link_and_code_once(child: Volunteer, cast: Cast) -> None:
    guardian, address = Client(), link_for(cast, child)
    page = guardian.get(address).content.decode()
    assert "陈*满" in page
    assert "陈小满" not in page
    assert consented(address, guardian) == 200
    with as_owner():
        consent = Consent.objects.select_related("text").get()
    assert (consent.given_by, consent.how, consent.phone_mask, consent.text.version) == (
        "陈大海",
        "code",
        "199****3333",
        1,
    )
    assert row(child).guardian_consent_on == timezone.localdate()
    gone = guardian.get(address)
    assert gone.status_code == 410
    assert "您的答复已保存" in gone.content.decode()


def test_link_alone_is_no_consent(child: Volunteer, cast: Cast) -> None:
    guardian, address = Client(), link_for(cast, child)
    guardian.post(address, {"verb": "send"})
    for digits in ("", "000000", "x"):
        data = {"name": "陈大海", "code": digits, "agreed": "on"}
        assert guardian.post(address, data).status_code == 422
    data = {"name": "陈大海", "code": last_code(PARENT_PHONE)}
    assert guardian.post(address, data).status_code == 422
    with as_owner():
        assert not Consent.objects.exists()


def test_next_link_closes_the_one_before_and_each_lasts_a_week(
    child: Volunteer, cast: Cast
) -> None:
    first, second = link_for(cast, child), link_for(cast, child)
    gone = Client().get(first)
    assert gone.status_code == 410
    for said in ("已有新的链接", child.committee.full_name):
        assert said in gone.content.decode()
    assert Client().get(second).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1), tick=False):
        assert Client().get(second).status_code == 410


def test_consent_is_withdrawn_by_the_link_that_came_with_it(child: Volunteer, cast: Cast) -> None:
    guardian = Client()
    consented(link_for(cast, child), guardian)
    back = address_in(last_message(PARENT_PHONE))
    guardian.post(back, {"verb": "send"})
    assert guardian.post(back, {"code": last_code(PARENT_PHONE)}).status_code == 200
    assert (row(child).state, row(child).guardian_consent_on) == ("paused", None)
    with acting_as(cast.county_441802.scope):
        assert PrivacyRequest.objects.open().get().kind == "guardian"
    consented(link_for(cast, child), guardian)
    assert row(child).state == "active"


def test_link_of_one_use_opens_no_other(child: Volunteer, cast: Cast) -> None:
    consented(link_for(cast, child), Client())
    token = address_in(last_message(PARENT_PHONE)).rstrip("/").rpartition("/")[2]
    with acting_as(Scope.for_job("guardian")):
        assert opened_link(token, LinkUse.WITHDRAW).volunteer_id == child.pk
        with pytest.raises(Refusal) as refused:
            opened_link(token, LinkUse.GIVE)
    assert refused.value.code == "not_open"


def test_officer_of_another_county_sends_no_link(child: Volunteer, cast: Cast) -> None:
    stranger = log_in(Client(), cast.county_440606)
    assert stranger.post(reverse("guardians:link-create", args=[child.number])).status_code == 404


def test_at_eighteen_the_consent_lapses_and_the_person_is_asked(
    child: Volunteer, cast: Cast
) -> None:
    consented(link_for(cast, child), Client())
    with time_machine.travel("2030-03-31T12:00Z", tick=False):
        assert lapse_at_eighteen() == 0
    with time_machine.travel("2030-04-01T12:00Z", tick=False):
        assert lapse_at_eighteen() == 1
        assert row(child).needs_own_consent
        officer = log_in(Client(), cast.county_441802)
        page = officer.get(reverse("registry:volunteer-detail", args=[child.number]))
        assert "尚待本人同意" in page.content.decode()
    with as_owner():
        identity = VolunteerIdentity.objects.get(pk=child.pk)
        assert Consent.objects.get().lapsed
    assert (row(child).guardian_phone_mask, identity.guardian_phone_sealed) == ("", None)
    assert row(child).guardian_name == ""


def parent_of(child: Volunteer) -> tuple[Client, FamilyTie]:
    """A parent's browser, with the child just added by number, name and code."""
    with as_owner():
        parent = UserFactory(username="parent", name="陈大海")
    browser = Client()
    browser.force_login(parent, backend="django.contrib.auth.backends.ModelBackend")
    add = reverse("guardians:child-add")
    browser.post(add, {"number": CHILD_NUMBER, "name": child.name})
    assert browser.post(add, {"code": last_code(PARENT_PHONE)})["Location"] == reverse("own:home")
    with as_owner():
        return browser, FamilyTie.objects.select_related("user").get()


def test_job_ends_ties_on_the_eighteenth_birthday(child: Volunteer) -> None:
    parent_of(child)
    for day, ended in (("2030-03-31T12:00Z", False), ("2030-04-01T12:00Z", True)):
        with time_machine.travel(day, tick=False):
            lapse_at_eighteen()
        with as_owner():
            assert (FamilyTie.objects.get().ended_at is not None) is ended


def test_tie_follows_a_birth_date_that_is_corrected(child: Volunteer) -> None:
    _browser, tie = parent_of(child)
    assert tie.until == date(2030, 4, 1)
    with as_owner():
        Volunteer.objects.filter(pk=child.pk).update(birth_date=date(2012, 2, 29))
    lapse_at_eighteen()
    with as_owner():
        assert FamilyTie.objects.get().until == date(2030, 3, 1)


def test_parent_sees_the_childs_pages_and_no_others(child: Volunteer, cast: Cast) -> None:
    browser, _tie = parent_of(child)
    with as_owner():
        ServiceRecordFactory(volunteer=cast.volunteer, activity_title="别人的服务")
    page = browser.get(reverse("own:home")).content.decode()
    assert "河边清理" in page
    assert "别人的服务" not in page
    assert browser.get(reverse("registry:volunteer-list")).status_code == 403


def test_tie_that_ends_is_refused_at_once(child: Volunteer) -> None:
    browser, tie = parent_of(child)
    actor = actor_of_parent(tie.user, tie)
    browser.post(reverse("guardians:tie-end", args=[tie.pk]))
    with pytest.raises(ScopeRefused), acting_as(actor.scope):
        pass
    with pytest.raises(ScopeRefused):
        actor_for_volunteer_account(tie.user_id, child.pk)
    assert browser.get(reverse("own:home")).status_code == 403


def test_child_of_eighteen_is_the_parents_no_more_without_any_job(child: Volunteer) -> None:
    _browser, tie = parent_of(child)
    with time_machine.travel("2030-03-31T12:00Z", tick=False):
        with acting_as(actor_of_parent(tie.user, tie).scope):
            assert Volunteer.objects.get() == child
    with time_machine.travel("2030-04-01T12:00Z", tick=False):
        with pytest.raises(ScopeRefused), acting_as(actor_of_parent(tie.user, tie).scope):
            pass


def test_tie_of_another_account_opens_nothing(child: Volunteer, cast: Cast) -> None:
    _browser, tie = parent_of(child)
    other = log_in(Client(), cast.person)
    other.post(reverse("accounts:membership-switch"), {"membership": f"child-{tie.pk}"})
    assert "河边清理" not in other.get(reverse("own:home")).content.decode()
    assert cast.person.user is not None
    with pytest.raises(ScopeRefused), acting_as(actor_of_parent(cast.person.user, tie).scope):
        pass


def test_adding_a_child_says_nothing_of_who_is_registered(child: Volunteer) -> None:
    with as_owner():
        parent = UserFactory()
    add = reverse("guardians:child-add")
    said = []
    for number in (CHILD_NUMBER, identity_number(604, born=BORN)):
        browser = Client()
        browser.force_login(parent, backend="django.contrib.auth.backends.ModelBackend")
        pages = [browser.post(add, {"number": number, "name": "陈小满"})]
        pages.append(browser.post(add, {"code": "x"}))
        texts = [re.sub(r"[A-Za-z0-9]{64}", "", page.content.decode()) for page in pages]
        said.append(([page.status_code for page in pages], texts))
    assert said[0] == said[1]


def test_guardian_without_an_account_opens_one_with_the_child_in_it(
    child: Volunteer, cast: Cast
) -> None:
    guardian = Client()
    assert guardian.get(reverse("guardians:family-open")).status_code == 302
    consented(link_for(cast, child), guardian)
    data = {"name": "陈大海", "username": "chen.dahai", "password": "correct horse battery"}
    opened = guardian.post(reverse("guardians:family-open"), data)
    assert opened["Location"] == reverse("own:home")
    assert "河边清理" in guardian.get(reverse("own:home")).content.decode()
