"""Looking at a full identifier: logged, with a reason, for minors approved by a second person."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from core.crypto.sealing import needs_resealing, unseal
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_membership
from tests.cast import Cast
from tests.core.crypto.keyrings import seal_key, sealing_with
from tests.database import as_owner
from tests.factories import MembershipFactory, VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import CHILD, GUARDIAN, NUMBER, card, register, registered
from volunteers.registry.domain import (
    approve_reveal,
    decline_reveal,
    request_reveal,
    reveal_identifier,
)
from volunteers.registry.models import (
    ApprovalState,
    IdentityReveal,
    RevealApproval,
    RevealField,
    Volunteer,
    VolunteerIdentity,
    identity_context,
)

CHILDS_NUMBER = identity_number(1, born=CHILD)


@pytest.fixture
def adult(cast: Cast) -> Volunteer:
    return registered(cast.committee("441802009"), number=NUMBER, phone="19900000001")


@pytest.fixture
def officer(cast: Cast) -> Actor:
    """A second head of the county; the cast's is its secretary."""
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    return actor_of_membership(membership)


def look(
    volunteer: Volunteer, actor: Actor, field: str = "number", reason: str = "补办保险"
) -> str:
    return reveal_identifier(volunteer, field=RevealField(field), reason=reason, actor=actor)


def ask(volunteer: Volunteer, actor: Actor, field: str = "number") -> RevealApproval:
    return request_reveal(volunteer, field=RevealField(field), reason="补办保险", actor=actor)


@pytest.mark.parametrize(("field", "value"), [("number", NUMBER), ("phone", "19900000001")])
def test_look_shows_the_whole_value_and_leaves_a_row_that_the_person_sees(
    cast: Cast, field: str, value: str
) -> None:
    actor, person = cast.county_441802, cast.volunteer
    with as_owner():
        VolunteerIdentityFactory(volunteer=person, number=NUMBER, phone="19900000001")
    with acting_as(actor.scope):
        assert look(person, actor, field) == value
    with acting_as(cast.person.scope):
        seen = IdentityReveal.objects.get()
    assert (seen.field, seen.reason, seen.user_label) == (field, "补办保险", actor.label)
    assert seen.user_id == actor.scope.user


def test_look_without_a_reason_shows_nothing_and_leaves_nothing(
    cast: Cast, adult: Volunteer
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refused:
            look(adult, actor, reason=" ")
        assert IdentityReveal.objects.count() == 0
    assert refused.value.field == "reason"


def test_look_at_what_is_not_kept_is_refused(cast: Cast, adult: Volunteer) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        look(adult, actor, "guardian_phone")
    assert refused.value.code == "nothing_kept"


@pytest.mark.parametrize("name", ["county-441802-recorder", "province-auditor", "volunteer"])
def test_who_may_not_look_is_refused(cast: Cast, adult: Volunteer, name: str) -> None:
    actor = cast.actor(name)
    with acting_as(actor.scope), pytest.raises(PermissionDenied):
        look(adult, actor)


def test_another_county_cannot_look(cast: Cast, adult: Volunteer) -> None:
    actor = cast.county_440606
    with acting_as(actor.scope), pytest.raises(VolunteerIdentity.DoesNotExist):
        look(adult, actor)


def test_minor_is_not_shown_without_approval(cast: Cast, child: Volunteer) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refused:
            look(child, actor)
        assert IdentityReveal.objects.count() == 0
    assert refused.value.code == "approval_needed"


def test_approved_look_at_a_minor_is_good_once(
    cast: Cast, child: Volunteer, officer: Actor
) -> None:
    with acting_as(officer.scope):
        asked = ask(child, officer)
    with acting_as(cast.county_441802.scope):
        approve_reveal(asked, actor=cast.county_441802)
    with acting_as(officer.scope):
        assert look(child, officer) == CHILDS_NUMBER
        used = RevealApproval.objects.get(pk=asked.pk)
        assert used.state == ApprovalState.USED
        assert used.reveal == IdentityReveal.objects.get()
        with pytest.raises(Refusal) as refused:
            look(child, officer)
    assert refused.value.code == "approval_needed"


def test_approval_is_for_who_asked_and_for_what_was_asked(
    cast: Cast, child: Volunteer, officer: Actor
) -> None:
    with acting_as(officer.scope):
        asked = ask(child, officer)
    with acting_as(cast.county_441802.scope):
        approve_reveal(asked, actor=cast.county_441802)
        with pytest.raises(Refusal, match="under 18"):
            look(child, cast.county_441802)
    with acting_as(officer.scope), pytest.raises(Refusal, match="under 18"):
        look(child, officer, "guardian_phone")


def test_approval_lapses_after_a_day_and_can_be_asked_for_again(
    cast: Cast, child: Volunteer, officer: Actor
) -> None:
    with acting_as(officer.scope):
        asked = ask(child, officer)
    with acting_as(cast.county_441802.scope):
        approve_reveal(asked, actor=cast.county_441802)
    with (
        time_machine.travel(timezone.now() + timedelta(hours=24)),
        acting_as(officer.scope),
    ):
        with pytest.raises(Refusal) as refused:
            look(child, officer)
        assert refused.value.code == "approval_needed"
        again = ask(child, officer)
        assert RevealApproval.objects.get(pk=asked.pk).state == ApprovalState.LAPSED
        assert again.state == ApprovalState.ASKED


def test_declined_request_shows_nothing(cast: Cast, child: Volunteer, officer: Actor) -> None:
    with acting_as(officer.scope):
        asked = ask(child, officer)
    with acting_as(cast.county_441802.scope):
        decline_reveal(asked, actor=cast.county_441802)
        with pytest.raises(Refusal) as refused:
            approve_reveal(asked, actor=cast.county_441802)
        assert refused.value.code == "already_answered"
    with acting_as(officer.scope), pytest.raises(Refusal):
        look(child, officer)


def test_nobody_approves_the_own_request(cast: Cast, child: Volunteer) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        asked = ask(child, actor)
        with pytest.raises(Refusal) as refused:
            approve_reveal(asked, actor=actor)
    assert refused.value.code == "own_request"


def test_database_too_refuses_the_own_approval(cast: Cast, child: Volunteer) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        asked = ask(child, actor)
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            RevealApproval.objects.filter(pk=asked.pk).update(answered_by=actor.user)


def test_only_a_secretary_approves(cast: Cast, child: Volunteer, officer: Actor) -> None:
    with acting_as(cast.county_441802.scope):
        asked = ask(child, cast.county_441802)
    with acting_as(officer.scope), pytest.raises(PermissionDenied):
        approve_reveal(asked, actor=officer)


def test_secretary_of_another_county_finds_no_request(
    cast: Cast, child: Volunteer, officer: Actor
) -> None:
    with acting_as(officer.scope):
        asked = ask(child, officer)
    actor = cast.county_440606
    with acting_as(actor.scope), pytest.raises(RevealApproval.DoesNotExist):
        approve_reveal(asked, actor=actor)


def test_request_is_made_once_and_for_minors_only(
    cast: Cast, adult: Volunteer, child: Volunteer
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        ask(child, actor)
        with pytest.raises(Refusal) as again:
            ask(child, actor)
        with pytest.raises(Refusal) as grown:
            ask(adult, actor)
    assert (again.value.code, grown.value.code) == ("already_asked", "of_age")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE volunteers_identityreveal SET reason = 'x'",
        "DELETE FROM volunteers_identityreveal",
        "DELETE FROM volunteers_revealapproval",
        "DELETE FROM volunteers_revealapprovalhistory",
    ],
)
@pytest.mark.parametrize("name", ["province", "county-441802", "volunteer"])
def test_log_of_looks_can_only_grow(
    cast: Cast, adult: Volunteer, statement: str, name: str
) -> None:
    with acting_as(cast.county_441802.scope):
        look(adult, cast.county_441802)
    with (
        acting_as(cast.actor(name).scope),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_nobody_logs_a_look_in_the_name_of_another(cast: Cast, adult: Volunteer) -> None:
    with acting_as(cast.county_441802.scope):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            IdentityReveal.objects.create(
                volunteer=adult,
                committee_id=adult.committee_id,
                field="number",
                reason="补办保险",
                user=cast.city_4418.user,
                user_label="别人",
            )
        with as_owner(), connection.cursor() as cursor:
            # Negative control: without the policy's check it would pass.
            cursor.execute("DROP POLICY append ON volunteers_identityreveal")
            cursor.execute(
                "CREATE POLICY append ON volunteers_identityreveal FOR INSERT WITH CHECK (true)"
            )
        IdentityReveal.objects.create(
            volunteer=adult,
            committee_id=adult.committee_id,
            field="number",
            reason="补办保险",
            user=cast.city_4418.user,
            user_label="别人",
        )


def test_rotated_keys_still_open_every_identifier(cast: Cast) -> None:
    old, new = seal_key("2025"), seal_key("2026", "sm4-gcm")
    actor = cast.recorder_441802
    with sealing_with(old), acting_as(actor.scope):
        child = register(
            actor,
            cast.committee("441802009"),
            document=card(CHILDS_NUMBER),
            guardian=GUARDIAN,
        )
    with sealing_with(new, old):
        call_command("rotate_sealing_keys")
    with sealing_with(new), acting_as(actor.scope):
        identity = VolunteerIdentity.objects.get(pk=child.pk)
        opened = {}
        for field in RevealField:
            sealed = getattr(identity, field.sealed_column)
            assert not needs_resealing(sealed)
            opened[field] = unseal(sealed, context=identity_context(child.pk, field.sealed_column))
    assert opened == {
        RevealField.NUMBER: CHILDS_NUMBER,
        RevealField.PHONE: "19900000001",
        RevealField.GUARDIAN_PHONE: GUARDIAN.phone,
    }
