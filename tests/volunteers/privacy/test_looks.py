"""“Who looked at my data, and why”: every kind of look, to the person and to nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from organizations.accounts.actors import actor_of_membership
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, VolunteerFactory, VolunteerIdentityFactory
from volunteers.disclosure.domain import answer_disclosure, ask_for_person, look_at_disclosed
from volunteers.disclosure.models import Duration
from volunteers.exports.domain import order_export, write_export
from volunteers.exports.models import ExportForm, ExportKind
from volunteers.privacy.summary import Look, looks_at_the_person
from volunteers.registry.domain import reveal_identifier
from volunteers.registry.models import RevealField, Volunteer


def looks_of(cast: Cast) -> list[Look]:
    with acting_as(cast.person.scope):
        return looks_at_the_person()


def taken_along(cast: Cast, **asked: str) -> None:
    actor = cast.county_441802
    assert actor.committee is not None
    with acting_as(actor.scope):
        export = order_export(
            actor=actor, kind=ExportKind.VOLUNTEERS, form=ExportForm.CSV, asked=asked,
            committee=actor.committee, reason="年度核对", nonce=uuid4(),
        )  # fmt: skip
        write_export(export, actor=actor, progress=lambda _done, _total: None)


@pytest.fixture
def seen(cast: Cast) -> Volunteer:
    with as_owner():
        VolunteerIdentityFactory(volunteer=cast.volunteer)
    return cast.volunteer


def test_a_look_says_who_for_which_committee_in_which_role_and_why(
    cast: Cast, seen: Volunteer
) -> None:
    actor = cast.city_4418
    with acting_as(actor.scope):
        reveal_identifier(seen, field=RevealField.PHONE, reason="联系本人", actor=actor)
    (look,) = looks_of(cast)
    assert (look.kind, look.what_label, look.reason) == ("look", "看了：联系电话", "联系本人")
    assert look.who == actor.label
    assert (look.committee, look.role) == (actor.committee and actor.committee.full_name, "officer")


def test_access_for_a_time_is_told_from_asking_to_looking(cast: Cast, seen: Volunteer) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    asker, secretary = actor_of_membership(membership), cast.county_441802
    with acting_as(asker.scope):
        asked = ask_for_person(seen, actor=asker, reason="办保险", hours=Duration.HOUR)
    assert [(each.kind, each.state) for each in looks_of(cast)] == [("access", "asked")]
    with acting_as(secretary.scope):
        answer_disclosure(asked, approved=True, actor=secretary)
    with acting_as(asker.scope):
        look_at_disclosed(asked, actor=asker)
    looked, access = looks_of(cast)
    assert (looked.kind, looked.reason) == ("look", "办保险")
    assert (access.state_label, access.answered_by) == ("已开放", secretary.label)
    assert access.until is not None


def test_list_taken_along_is_told_to_whom_it_held(cast: Cast, seen: Volunteer) -> None:
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802009"), state="paused")
    taken_along(cast, state="active")
    (look,) = looks_of(cast)
    assert (look.kind, look.what, look.reason) == ("export", "volunteers", "年度核对")
    assert look.committee == cast.committee("441802").full_name
    page = log_in(Client(), cast.person).get(reverse("privacy:look-list")).content.decode()
    assert "年度核对" in page
    with acting_as(cast.person.scope), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.volunteer', %s, true)", [str(other.pk)])
        assert looks_at_the_person() == []


def test_what_happened_to_a_merged_entry_belongs_to_the_one_that_stays(
    cast: Cast, seen: Volunteer
) -> None:
    with as_owner():
        merged = VolunteerFactory(
            committee=cast.committee("441802009"), state="merged", merged_into=seen
        )
        VolunteerIdentityFactory(volunteer=merged)
    actor = cast.county_441802
    with acting_as(actor.scope):
        reveal_identifier(merged, field=RevealField.NUMBER, reason="查重", actor=actor)
    assert [each.reason for each in looks_of(cast)] == ["查重"]


def test_only_the_person_asks_the_database(cast: Cast, seen: Volunteer) -> None:
    with pytest.raises(ProgrammingError), acting_as(cast.county_441802.scope):
        looks_at_the_person()
