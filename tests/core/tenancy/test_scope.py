"""What `acting_as` opens, and that it closes with its transaction."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import DatabaseError, connection

from core.tenancy.roles import Role
from core.tenancy.scope import (
    NestedScope,
    NoScope,
    Proof,
    Scope,
    ScopeRefused,
    SwallowedDatabaseError,
    acting_as,
    current_scope,
    forget_read,
    read_once,
    turned_to,
)
from organizations.accounts.models import Membership
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from volunteers.registry.models import Volunteer

TIER3 = Scope(role=Role.TIER3)


def _settings() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'),"
            " coalesce(current_setting('portal.committee', true), '')"
        )
        row = cursor.fetchone()
    assert row is not None
    return tuple(row)


def test_scope_sets_role_and_committee_and_takes_them_back(cast: Cast) -> None:
    path = cast.committee("441802").path
    with acting_as(Scope(role=Role.TIER3, committee=path)):
        assert _settings() == ("portal_tier3", path)
    assert _settings() == ("none", "")


@pytest.mark.django_db(transaction=True)
def test_scope_leaves_nothing_on_a_kept_connection() -> None:
    with acting_as(Scope(role=Role.TIER3, committee="0001")):
        backend = connection.connection.info.backend_pid
    assert connection.connection.info.backend_pid == backend
    assert _settings() == ("none", "")


@pytest.mark.parametrize("committee", ["", "zzzz"])
def test_scope_without_committee_reaches_no_row(cast: Cast, committee: str) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802009"))
    for role in (Role.TIER1, Role.TIER2, Role.TIER3, Role.TIER4):
        with acting_as(Scope(role=role, committee=committee)):
            assert not Volunteer.objects.exists()


def test_scope_of_the_owning_county_reaches_the_row(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        assert Volunteer.objects.get() == cast.volunteer


def test_login_role_alone_reads_no_tenant_table(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        Volunteer.objects.exists()


def test_scope_within_a_scope_is_an_error(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope), pytest.raises(NestedScope):
        with acting_as(cast.province.scope):
            pass


def test_scope_is_refused_when_the_proof_finds_nothing(db: None) -> None:
    with pytest.raises(ScopeRefused):
        with acting_as(
            Scope(role=Role.TIER1, committee="0001", proof=Proof("SELECT 1 WHERE false"))
        ):
            pass


def test_scope_of_a_revoked_membership_is_refused(cast: Cast) -> None:
    actor = cast.county_441802
    with as_owner():
        Membership.objects.filter(user=actor.user).update(revoked_at="2026-01-01T00:00Z")
    with pytest.raises(ScopeRefused):
        with acting_as(actor.scope):
            pass


def test_current_scope_outside_of_one_is_an_error() -> None:
    with pytest.raises(NoScope):
        current_scope()


@pytest.mark.django_db(transaction=True)
def test_swallowed_database_error_is_said_aloud() -> None:
    with pytest.raises(SwallowedDatabaseError):
        with acting_as(Scope(role=Role.TIER1, committee="0001")):
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")


def test_what_is_written_outside_the_scope_is_refused(cast: Cast) -> None:
    foreign = cast.committee("440606103")
    with acting_as(cast.county_441802.scope), pytest.raises(DatabaseError, match="row-level"):
        VolunteerFactory(committee=foreign)


def test_key_moved_outside_the_scope_is_refused(cast: Cast) -> None:
    foreign = cast.committee("440606103")
    with acting_as(cast.county_441802.scope), pytest.raises(DatabaseError, match="row-level"):
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(committee=foreign)


def test_what_a_scope_has_read_is_forgotten_with_it(cast: Cast) -> None:
    answers = iter(range(9))
    read = partial(read_once, "key", partial(next, answers))
    with acting_as(cast.county_441802.scope):
        assert [read(), read()] == [0, 0]
        forget_read("key")
        assert read() == 1
    with acting_as(cast.county_441802.scope):
        assert read() == 2
    assert [read(), read()] == [3, 4], "outside of a scope nothing is kept"
    with pytest.raises(RuntimeError, match="broken"), acting_as(cast.county_441802.scope):
        read()
        message = "broken"
        raise RuntimeError(message)
    with acting_as(cast.county_441802.scope):
        assert read() == 6


def test_turn_is_judged_by_its_own_scope_and_ends_with_the_one_before(cast: Cast) -> None:
    own, other = cast.county_441802.scope, cast.county_440606.scope
    with acting_as(own):
        with turned_to(other):
            assert current_scope() == other
            assert _settings() == ("portal_tier3", other.committee)
            assert not Volunteer.objects.filter(pk=cast.volunteer.pk).exists()
        assert current_scope() == own
        assert _settings() == ("portal_tier3", own.committee)


def test_turn_that_fails_leaves_the_scope_of_before(cast: Cast) -> None:
    own = cast.county_441802.scope
    with acting_as(own):
        with pytest.raises(DatabaseError), turned_to(cast.county_440606.scope):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        assert current_scope() == own
        assert _settings() == ("portal_tier3", own.committee)


def test_turn_without_proof_or_without_a_scope_is_refused(cast: Cast) -> None:
    unproven = Scope(role=Role.TIER1, committee="0001", proof=Proof("SELECT 1 WHERE false"))
    with acting_as(cast.county_441802.scope):
        with pytest.raises(ScopeRefused), turned_to(unproven):
            pass
        assert _settings() == ("portal_tier3", cast.county_441802.scope.committee)
    with pytest.raises(NoScope), turned_to(unproven):
        pass
