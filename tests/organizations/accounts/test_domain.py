"""Memberships granted and revoked, invitations, accounts switched off."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from core.tenancy.roles import LOGIN_ROLE
from core.tenancy.scope import Scope, ScopeRefused, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_membership
from organizations.accounts.domain import (
    accept_invitation,
    accept_invitation_as,
    create_member,
    deactivate_account,
    grant_membership,
    invite_member,
    reactivate_account,
    revoke_membership,
    withdraw_invitation,
)
from organizations.accounts.models import Invitation, MemberRole, Membership, User
from organizations.accounts.scopes import actor_for_membership_id
from organizations.committees.models import Committee
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory

TODAY = timezone.localdate()
JOB = Scope.for_job("tests")
STRONG = "a long enough passphrase"


def refusing(code: str) -> AbstractContextManager[pytest.ExceptionInfo[Refusal]]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def member(committee: Committee, role: str = "recorder", **fields: Any) -> Membership:
    with as_owner():
        made: Membership = MembershipFactory(
            user=UserFactory(), committee=committee, role=role, **fields
        )
        return made


def grant(actor: Actor, user: User, committee: Committee, role: str, **fields: Any) -> Membership:
    dates = {"starts_on": TODAY, "ends_on": None, **fields}
    with acting_as(actor.scope):
        return grant_membership(
            user=user, committee=committee, role=MemberRole(role), actor=actor, **dates
        )


# Who, where, which role: whether it may be given.
GRANTS = [
    ("county-441802", "441802", "secretary", True),
    ("county-441802", "441802009", "recorder", True),
    ("county-441802", "4418", "recorder", False),
    ("county-441802", "440606", "recorder", False),
    ("county-441802", "441881", "auditor", False),
    ("city-4418", "441802", "officer", True),
    ("city-4418", "4418", "auditor", True),
    ("city-4418", "441802", "secretary", False),
    ("province", "440606103", "recorder", True),
    ("province", "44", "secretary", False),
    ("province-auditor", "44", "auditor", False),
    ("county-441802-recorder", "441802", "recorder", False),
    ("volunteer", "441802009", "recorder", False),
]


@pytest.mark.parametrize(("who", "code", "role", "given"), GRANTS)
def test_membership_is_given_within_reach_and_rights(
    cast: Cast, who: str, code: str, role: str, given: bool
) -> None:
    actor = cast.actor(who)
    user = member(cast.committee("441802103")).user
    if given:
        made = grant(actor, user, cast.committee(code), role)
        assert (made.role, made.granted_by_id) == (role, actor.scope.user)
        return
    with pytest.raises((PermissionDenied, Refusal)):
        grant(actor, user, cast.committee(code), role)
    with as_owner():
        assert not Membership.objects.filter(user=user, committee__code=code, role=role).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "backwards"),
        ({"role": "recorder"}, "duplicate"),
    ],
)
def test_granting_is_refused(cast: Cast, fields: dict[str, Any], code: str) -> None:
    standing = member(cast.committee("441802009"))
    wanted = {"role": "officer", **fields}
    with refusing(code):
        grant(cast.county_441802, standing.user, cast.committee("441802009"), **wanted)


def test_membership_that_ran_out_is_dated_anew(cast: Cast) -> None:
    committee = cast.committee("441802009")
    old = member(committee, ends_on=date(2021, 1, 1))
    renewed = grant(cast.county_441802, old.user, committee, "recorder")
    assert (renewed.pk, renewed.starts_on, renewed.ends_on) == (old.pk, TODAY, None)


def test_dated_membership_opens_a_scope_on_its_days_only(cast: Cast) -> None:
    first, last = TODAY - timedelta(days=10), TODAY + timedelta(days=10)
    made = member(cast.committee("441802009"), starts_on=first, ends_on=last)
    for day, holds in (
        (first - timedelta(days=1), False),
        (first, True),
        (last, True),
        (last + timedelta(days=1), False),
    ):
        # Early morning in China is the day before in UTC.
        with time_machine.travel(f"{day.isoformat()}T00:30:00+08:00", tick=False):
            with as_owner():
                actor = actor_of_membership(Membership.objects.with_committee().get(pk=made.pk))
            if holds:
                with acting_as(actor.scope):
                    pass
            else:
                with pytest.raises(ScopeRefused), acting_as(actor.scope):
                    pass


def test_revoked_membership_opens_nothing(cast: Cast) -> None:
    made = member(cast.committee("441802009"))
    held = actor_for_membership_id(made.pk)
    with acting_as(cast.county_441802.scope):
        revoked = revoke_membership(made, reason="调离", actor=cast.county_441802)
    assert (revoked.revoked_at is not None, revoked.revoke_reason) == (True, "调离")
    with pytest.raises(ScopeRefused), acting_as(held.scope):
        pass
    with as_owner():
        history = apps.get_model("organizations", "MembershipHistory").objects
        context = history.filter(pgh_obj_id=made.pk).latest("pgh_id").pgh_context
    assert context["reason"] == "调离"
    assert context["user"] == cast.county_441802.scope.user


@pytest.mark.parametrize(
    ("who", "role", "code", "reason", "refusal"),
    [
        ("county-441802", "recorder", "441802009", " ", "reason_missing"),
        ("county-440606", "recorder", "441802009", "x", Membership.DoesNotExist),
        ("city-4418", "secretary", "441802", "x", PermissionDenied),
        ("province-auditor", "recorder", "441802", "x", PermissionDenied),
    ],
)
def test_revoking_is_refused(
    cast: Cast, who: str, role: str, code: str, reason: str, refusal: str | type[Exception]
) -> None:
    made = member(cast.committee(code), role)
    actor = cast.actor(who)
    expected = refusing(refusal) if isinstance(refusal, str) else pytest.raises(refusal)
    with acting_as(actor.scope), expected:
        revoke_membership(made, reason=reason, actor=actor)


def test_nobody_revokes_the_membership_they_act_under(cast: Cast) -> None:
    actor = cast.county_441802
    assert actor.membership is not None
    with acting_as(actor.scope), refusing("own_membership"):
        revoke_membership(actor.membership, reason="x", actor=actor)


def invited(cast: Cast, actor: Actor | None = None, role: str = "recorder") -> tuple[Any, str]:
    actor = actor or cast.county_441802
    with acting_as(actor.scope):
        made = invite_member(
            committee=cast.committee("441802009"), role=MemberRole(role), name="新人", actor=actor
        )
    return made.invitation, made.token


def accept(token: str, **fields: str) -> Membership:
    wanted = {"username": "newcomer", "name": "新人", "password": STRONG, **fields}
    with acting_as(JOB):
        return accept_invitation(token=token, **wanted)


def test_link_makes_account_and_membership_once(cast: Cast) -> None:
    invitation, token = invited(cast)
    made = accept(token)
    assert (made.user.username, made.user.name, made.role) == ("newcomer", "新人", "recorder")
    assert made.committee_id == cast.committee("441802009").path
    assert made.granted_by == cast.county_441802.user
    assert made.user.check_password(STRONG)
    with refusing("not_open"):
        accept(token, username="second")
    assert bytes(invitation.token_digest) != token.encode()


def test_link_adds_a_membership_to_an_account_that_stands(cast: Cast) -> None:
    _invitation, token = invited(cast)
    user = cast.county_440606.user
    assert user is not None
    with acting_as(JOB):
        made = accept_invitation_as(user, token=token)
    assert made.user == user
    assert made.committee_id == cast.committee("441802009").path


def test_link_opens_nothing_when_withdrawn_expired_or_unknown(cast: Cast) -> None:
    invitation, token = invited(cast)
    with refusing("not_open"):
        accept(token + "x")
    with time_machine.travel(timezone.now() + timedelta(days=8)), refusing("not_open"):
        accept(token)
    with acting_as(cast.county_441802.scope):
        withdraw_invitation(invitation, actor=cast.county_441802)
    with refusing("not_open"):
        accept(token)
    with acting_as(cast.county_441802.scope), refusing("not_open"):
        withdraw_invitation(invitation, actor=cast.county_441802)


def test_link_dies_with_the_office_of_who_sent_it(cast: Cast) -> None:
    sender = actor_for_membership_id(member(cast.committee("441802"), "officer").pk)
    _invitation, token = invited(cast, sender)
    assert sender.membership is not None
    with acting_as(cast.county_441802.scope):
        revoke_membership(sender.membership, reason="调离", actor=cast.county_441802)
    with refusing("sender_left"):
        accept(token)


def test_refused_link_leaves_no_account(cast: Cast) -> None:
    _invitation, token = invited(cast)
    with refusing("username_taken"):
        accept(token, username="county-440606")
    with pytest.raises(ValidationError):
        accept(token, password="12345678")
    with as_owner():
        assert not User.objects.filter(username="newcomer").exists()
    assert accept(token).user.username == "newcomer"


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("city-4418", "secretary"),
        ("county-441802-recorder", "recorder"),
        ("county-440606", "recorder"),
    ],
)
def test_inviting_obeys_the_same_rule_as_granting(cast: Cast, who: str, role: str) -> None:
    with pytest.raises((PermissionDenied, Refusal)):
        invited(cast, cast.actor(who), role)
    with as_owner():
        assert not Invitation.objects.exists()


def test_account_is_switched_off_and_on(cast: Cast) -> None:
    made = member(cast.committee("441802009"))
    held = actor_for_membership_id(made.pk)
    with acting_as(cast.county_441802.scope):
        deactivate_account(made.user, actor=cast.county_441802)
    with pytest.raises(ScopeRefused), acting_as(held.scope):
        pass
    with as_owner():
        made.user.refresh_from_db()
    assert (made.user.is_active, made.user.session_epoch) == (False, 1)
    with acting_as(cast.county_441802.scope):
        reactivate_account(made.user, actor=cast.county_441802)
    with as_owner():
        made.user.refresh_from_db()
    assert (made.user.is_active, made.user.session_epoch) == (True, 2)


def test_person_who_serves_elsewhere_is_not_switched_off(cast: Cast) -> None:
    made = member(cast.committee("441802009"))
    with as_owner():
        MembershipFactory(user=made.user, committee=cast.committee("440606"), role="recorder")
    with acting_as(cast.county_441802.scope), refusing("serves_elsewhere"):
        deactivate_account(made.user, actor=cast.county_441802)
    with as_owner():
        made.user.refresh_from_db()
    assert made.user.is_active
    with acting_as(cast.province.scope):
        deactivate_account(made.user, actor=cast.province)


def test_nobody_is_switched_off_from_below_or_by_themselves(cast: Cast) -> None:
    actor = cast.county_441802
    assert actor.user is not None
    assert cast.city_4418.user is not None
    with acting_as(actor.scope):
        with refusing("own_account"):
            deactivate_account(actor.user, actor=actor)
        with pytest.raises(PermissionDenied):
            deactivate_account(cast.city_4418.user, actor=actor)
    with acting_as(cast.city_4418.scope), pytest.raises(PermissionDenied):
        deactivate_account(actor.user, actor=cast.city_4418)


def test_staff_write_nothing_else_of_an_account(cast: Cast) -> None:
    """The database itself keeps passwords and flags from committee staff."""
    made = member(cast.committee("441802009"))
    for column, value in (("password", "x"), ("is_superuser", True), ("username", "x")):
        with acting_as(cast.county_441802.scope):
            with pytest.raises(ProgrammingError), transaction.atomic():
                User.objects.filter(pk=made.user_id).update(**{column: value})
    with acting_as(cast.county_441802.scope):
        assert User.objects.filter(pk=made.user_id).update(is_active=True) == 1, "the control"


def test_function_that_looks_past_policies_is_for_staff_only(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege(%s, 'organizations_serves_only_below(bigint, text)',"
            " 'execute')",
            [LOGIN_ROLE],
        )
        assert cursor.fetchone() == (False,)


def test_member_is_created_by_set_up(cast: Cast) -> None:
    for is_new in (True, False):
        with acting_as(JOB):
            created = create_member(
                username="setup",
                committee_code="441802",
                role=MemberRole.OFFICER,
                password=STRONG,
            )
        assert created.is_new_account is is_new
        assert created.membership.user.check_password(STRONG)
    with as_owner():
        assert Membership.objects.filter(user__username="setup").count() == 1
    with acting_as(JOB), refusing("unknown_committee"):
        create_member(username="x", committee_code="none", role=MemberRole.OFFICER)
