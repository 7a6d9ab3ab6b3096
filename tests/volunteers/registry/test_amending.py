"""Changing what the registry says, and pausing, leaving, coming back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from core.crypto.sealing import unseal
from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import CHILD, GUARDIAN, NUMBER, card, registered
from volunteers.privacy.models import PrivacyRequest
from volunteers.registry.domain import (
    AlreadyRegistered,
    amend_volunteer,
    change_guardian,
    change_phone,
    correct_document,
    pause_volunteer,
    reactivate_volunteer,
    withdraw_volunteer,
)
from volunteers.registry.models import Volunteer, VolunteerIdentity, identity_context
from volunteers.registry.summary.history import changes_of

OTHER = identity_number(8)


def amend(volunteer: Volunteer, actor: Actor, **changes: Any) -> Volunteer:
    values: dict[str, Any] = {
        "name": volunteer.name,
        "committee": volunteer.committee,
        "political_status": "",
        "skills": [],
        "reason": "与证件核对",
        **changes,
    }
    return amend_volunteer(volunteer, actor=actor, **values)


def before_change(volunteer: Volunteer) -> Any:
    """The row of the history that keeps what stood before the last change."""
    model = Volunteer.pgh_event_model  # type: ignore[attr-defined]
    return model.objects.filter(pgh_obj_id=volunteer.pk).order_by("-pgh_id")[0]


def test_amending_keeps_what_stood_before_with_actor_and_reason(
    cast: Cast, known: Volunteer
) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        amend(known, actor, name="刘夏明", skills=["摄影"])
        found = Volunteer.objects.get(pk=known.pk)
        kept = before_change(known)
    assert (found.name, found.spelling, found.skills) == ("刘夏明", "liuxiaming", ["摄影摄像"])
    assert (kept.name, kept.skills) == ("刘霞明", ["急救"])
    assert kept.pgh_context["reason"] == "与证件核对"
    assert kept.pgh_context["user"] == actor.scope.user


def test_moving_to_another_township_takes_the_sealed_row_along(
    cast: Cast, known: Volunteer
) -> None:
    actor, target = cast.county_441802, cast.committee("441802103")
    with acting_as(actor.scope):
        amend(known, actor, committee=target)
        assert Volunteer.objects.get(pk=known.pk).committee == target
        assert VolunteerIdentity.objects.get(pk=known.pk).committee == target


def test_moving_out_of_the_own_committee_is_refused(cast: Cast, known: Volunteer) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        amend(known, actor, committee=cast.committee("440606103"))
    assert refused.value.code == "committee_elsewhere"


def test_new_telephone_is_sealed_for_its_row(cast: Cast, known: Volunteer) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        change_phone(known, actor=actor, phone="199 0000 2222", reason="换号")
        identity = VolunteerIdentity.objects.get(pk=known.pk)
        assert Volunteer.objects.get(pk=known.pk).phone_mask == "199****2222"
        assert VolunteerIdentity.objects.with_phone("19900002222").get() == identity
        assert before_change(known).phone_mask != "199****2222"
    context = identity_context(known.pk, "phone_sealed")
    assert unseal(identity.phone_sealed, context=context) == "19900002222"


def test_guardian_of_a_minor_changes(cast: Cast) -> None:
    child = registered(
        cast.committee("441802009"), number=identity_number(1, born=CHILD), birth_date=CHILD
    )
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        change_guardian(child, actor=actor, guardian=GUARDIAN, reason="监护人变更")
        found = Volunteer.objects.get(pk=child.pk)
    assert (found.guardian_name, found.guardian_phone_mask) == ("陈父", "199****1111")


def test_adult_gets_no_guardian(cast: Cast, known: Volunteer) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        change_guardian(known, actor=actor, guardian=GUARDIAN, reason="误")
    assert refused.value.code == "of_age"


def test_corrected_document_brings_birth_date_and_gender(cast: Cast, known: Volunteer) -> None:
    actor, number = cast.county_441802, identity_number(9, born=date(1996, 5, 2))
    with acting_as(actor.scope):
        correct_document(known, actor=actor, document=card(number), reason="录入错误")
        found = Volunteer.objects.get(pk=known.pk)
        assert VolunteerIdentity.objects.with_number(number).get().pk == known.pk
        assert not VolunteerIdentity.objects.with_number(NUMBER).exists()
    assert (found.birth_date, found.gender) == (date(1996, 5, 2), "male")
    assert found.identity_mask.startswith(number[:4])


def test_number_of_somebody_elsewhere_is_not_taken_over(cast: Cast, known: Volunteer) -> None:
    registered(cast.committee("440606103"), number=OTHER, name="陈军")
    actor = cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(AlreadyRegistered) as refused:
            correct_document(known, actor=actor, document=card(OTHER), reason="录入错误")
        assert refused.value.volunteer is None
        assert VolunteerIdentity.objects.with_number(NUMBER).get().pk == known.pk


def test_number_that_makes_a_minor_needs_a_guardian_first(cast: Cast, known: Volunteer) -> None:
    actor, number = cast.county_441802, identity_number(1, born=CHILD)
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        correct_document(known, actor=actor, document=card(number), reason="录入错误")
    assert refused.value.code == "guardian_phone_missing"


Change = Callable[[Volunteer, Actor, str], Volunteer]


CHANGES: dict[str, Change] = {
    "amend": lambda person, actor, reason: amend(person, actor, reason=reason),
    "phone": lambda person, actor, reason: change_phone(
        person, actor=actor, phone="19900000009", reason=reason
    ),
    "document": lambda person, actor, reason: correct_document(
        person, actor=actor, document=card(OTHER), reason=reason
    ),
    "pause": lambda person, actor, reason: pause_volunteer(person, actor=actor, reason=reason),
    "withdraw": lambda person, actor, reason: withdraw_volunteer(
        person, actor=actor, reason=reason
    ),
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@each_change
def test_change_without_a_reason_is_refused(cast: Cast, known: Volunteer, change: Change) -> None:
    with acting_as(cast.county_441802.scope), pytest.raises(Refusal) as refused:
        change(known, cast.county_441802, " ")
    assert refused.value.code == "reason_missing"


@each_change
def test_auditor_changes_nothing(cast: Cast, known: Volunteer, change: Change) -> None:
    with acting_as(cast.province_auditor.scope), pytest.raises(PermissionDenied):
        change(known, cast.province_auditor, "与证件核对")


@each_change
def test_person_of_another_county_is_not_found(
    cast: Cast, known: Volunteer, change: Change
) -> None:
    with acting_as(cast.county_440606.scope), pytest.raises(Volunteer.DoesNotExist):
        change(known, cast.county_440606, "与证件核对")
    with acting_as(cast.county_441802.scope):
        change(known, cast.county_441802, "与证件核对")


def test_states_go_round_with_their_reasons(cast: Cast, known: Volunteer) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        for change, reason, state in (
            (pause_volunteer, "外出务工", "paused"),
            (withdraw_volunteer, "本人申请", "withdrawn"),
            (reactivate_volunteer, "本人申请恢复", "active"),
        ):
            change(known, actor=actor, reason=reason)
            assert Volunteer.objects.get(pk=known.pk).state == state
            assert before_change(known).pgh_context["reason"] == reason


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("active", reactivate_volunteer),
        ("paused", pause_volunteer),
        ("withdrawn", pause_volunteer),
        ("withdrawn", withdraw_volunteer),
    ],
)
def test_state_that_holds_already_is_refused(
    cast: Cast, state: str, change: Callable[..., Volunteer]
) -> None:
    person = registered(cast.committee("441802009"), number=NUMBER, state=state)
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        change(person, actor=actor, reason="本人申请")
    assert refused.value.code == "state_unchanged"


@pytest.mark.parametrize("kind", ["erasure", "disowned"])
def test_who_asked_to_be_gone_is_taken_up_by_nobody_else(cast: Cast, kind: str) -> None:
    person = registered(cast.committee("441802009"), number=NUMBER, state="withdrawn")
    with as_owner():
        PrivacyRequest.objects.create(
            volunteer=person,
            committee_id=person.committee_id,
            kind=kind,
            state_before="active",
            due_on=timezone.localdate() + timedelta(days=15),
            kept_until=timezone.localdate() + timedelta(days=3650),
        )
    actor = cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refused:
            reactivate_volunteer(person, actor=actor, reason="回来了")
        assert Volunteer.objects.get(pk=person.pk).state == "withdrawn"
    assert refused.value.code == "own_will"


def test_what_no_member_did_names_the_portal_and_no_inner_name(cast: Cast) -> None:
    person = registered(cast.committee("441802009"), number=NUMBER)
    with acting_as(Scope.for_job("closed committees")):
        Volunteer.objects.filter(pk=person.pk).update(state="paused")
    with acting_as(cast.county_441802.scope), override("zh-hans"):
        newest = changes_of(Volunteer.objects.get(pk=person.pk))[0]
    assert newest.who == "平台"


def test_who_has_withdrawn_is_not_changed(cast: Cast) -> None:
    person = registered(cast.committee("441802009"), number=NUMBER, state="withdrawn")
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        change_phone(person, actor=actor, phone="19900000009", reason="换号")
    assert refused.value.code == "withdrawn"
