"""The functions that move a person across scopes, called as raw SQL by everybody."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from core.tenancy.roles import Role
from core.tenancy.scope import Scope, acting_as
from organizations.accounts.models import Membership
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from tests.volunteers.transfers.desk import HERE, THERE, asked, called, row_of
from volunteers.registry.models import Volunteer
from volunteers.transfers.models import Transfer

ASK = "SELECT problem FROM volunteers_ask_transfer(%s, %s, %s)"
SETTLE = "SELECT volunteers_settle_transfer(%s, %s, %s)"


@pytest.mark.parametrize(
    "username",
    ["county-440606", "township-440606103", "county-441802-recorder", "province-auditor"],
)
def test_nobody_else_asks_for_a_volunteer(cast: Cast, username: str) -> None:
    assert called(cast.actor(username), ASK, cast.volunteer.pk, "441881", "搬家") == "unknown"


def test_person_asks_for_nobody_else(cast: Cast) -> None:
    with as_owner():
        other = VolunteerFactory(committee=cast.committee(HERE))
    assert called(cast.person, ASK, other.pk, THERE, "搬家") == "unknown"


@pytest.mark.parametrize(
    ("username", "verdict", "answer"),
    [
        ("county-441802", "agree", "not_yours"),
        ("city-4418", "agree", "not_yours"),
        ("volunteer", "agree", "not_yours"),
        ("volunteer", "refuse", "not_yours"),
        ("county-440606", "withdraw", "not_yours"),
        ("county-440606", "", "not_yours"),
        ("county-440606", "refuse", "not_yours"),
        ("province-auditor", "agree", "not_yours"),
        ("county-441802-recorder", "withdraw", "not_yours"),
        ("province", "agree", ""),
        ("county-440606", "agree", ""),
    ],
)
def test_only_the_receiving_heads_carry_a_transfer_out(
    cast: Cast, username: str, verdict: str, answer: str
) -> None:
    transfer = asked(cast)
    assert called(cast.actor(username), SETTLE, transfer.pk, verdict, "") == answer
    assert row_of(cast.volunteer).committee.code == (HERE if answer else THERE)


def test_unknown_request_is_answered_like_a_foreign_one(cast: Cast) -> None:
    transfer = asked(cast, to="441881")
    foreign = called(cast.county_440606, SETTLE, transfer.pk, "agree", "")
    assert foreign == called(cast.county_440606, SETTLE, 999_999, "agree", "") == "not_yours"


def test_revoked_membership_carries_nothing_out(cast: Cast) -> None:
    transfer = asked(cast)
    with as_owner():
        Membership.objects.filter(user=cast.county_440606.user).update(
            revoked_at="2026-01-01T00:00Z"
        )
    bare = Scope(
        role=Role.TIER3,
        committee=cast.county_440606.scope.committee,
        user=cast.county_440606.scope.user,
    )
    with acting_as(bare), connection.cursor() as cursor:
        cursor.execute(SETTLE, [transfer.pk, "agree", ""])
        assert cursor.fetchone() == ("not_yours",)


def test_request_of_a_person_who_moved_meanwhile_moves_nobody(cast: Cast) -> None:
    """Even a row that still waits, which the trigger would have closed."""
    transfer = asked(cast)
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(committee=cast.committee("441802103"))
        Transfer.objects.filter(pk=transfer.pk).update(state="waiting", answered_at=None)
    assert called(cast.county_440606, SETTLE, transfer.pk, "agree", "") == "overtaken"
    assert row_of(cast.volunteer).committee.code == "441802103"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO volunteers_transfer (volunteer_id) VALUES (1)",
        "UPDATE volunteers_transfer SET state = 'done'",
        "DELETE FROM volunteers_transfer",
        "SELECT volunteers_acts_for('0001')",
        "SELECT volunteers_is_self(1)",
        "SELECT volunteers_takes_volunteers('0001')",
    ],
)
@pytest.mark.parametrize("username", ["county-440606", "volunteer"])
def test_there_is_no_way_around_the_functions(cast: Cast, username: str, statement: str) -> None:
    asked(cast)
    with acting_as(cast.actor(username).scope), pytest.raises(Error, match="permission denied"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_third_party_does_not_see_the_request(cast: Cast) -> None:
    transfer = asked(cast)
    for actor in (cast.county_441802, cast.county_440606, cast.person, cast.city_4418):
        with acting_as(actor.scope):
            assert Transfer.objects.filter(pk=transfer.pk).exists()
    elsewhere = asked(cast, to="441881")
    with acting_as(cast.county_440606.scope):
        assert not Transfer.objects.filter(pk=elsewhere.pk).exists()


def test_sealed_row_would_stay_behind_without_the_trigger(cast: Cast) -> None:
    """The control: what `test_agreed_transfer_moves_the_person_and_the_sealed_row` would notice."""
    with as_owner(), connection.cursor() as cursor:
        identity = VolunteerIdentityFactory(volunteer=cast.volunteer)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TRIGGER carry_along ON volunteers_volunteer")
    called(cast.county_440606, SETTLE, asked(cast).pk, "agree", "")
    with as_owner():
        identity.refresh_from_db()
    assert identity.committee_id == cast.committee(HERE).path
    assert row_of(cast.volunteer).committee.code == THERE
