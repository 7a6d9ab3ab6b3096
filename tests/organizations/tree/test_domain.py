"""Opening, closing and renaming committees."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.tenancy.scope import ScopeRefused, acting_as
from core.web.refusals import Refusal
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor, actor_of_membership
from organizations.committees.models import Committee, Kind, Level
from organizations.tree.domain import close_committee, open_committee, rename_committee
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory
from tests.factories.committees import add_committee

DAY = date(2026, 5, 1)


@pytest.fixture
def secretary(cast: Cast) -> Actor:
    """The city's secretary."""
    with as_owner():
        return actor_of_membership(
            MembershipFactory(
                user=UserFactory(), committee=cast.committee("4418"), role="secretary"
            )
        )


def refusing(code: str) -> AbstractContextManager[pytest.ExceptionInfo[Refusal]]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_campus_hangs_anywhere_and_is_issued_a_code(cast: Cast, secretary: Actor) -> None:
    with acting_as(secretary.scope):
        first = open_committee(
            parent=cast.committee("4418"),
            name="职业学院",
            kind=Kind.CAMPUS,
            on=DAY,
            actor=secretary,
        )
        second = open_committee(
            parent=cast.committee("4418"),
            name="师范学院",
            kind=Kind.CAMPUS,
            on=DAY,
            actor=secretary,
        )
        zone = open_committee(
            parent=cast.committee("441802"), name="高新区", kind=Kind.ZONE, on=DAY, actor=secretary
        )
    assert (first.code, second.code, zone.code) == ("4418C01", "4418C02", "441802Z01")
    assert first.path == cast.committee("4418").path + "0003", "after its two counties"
    assert zone.full_name == "清远市 / 清城区 / 高新区"
    assert zone.level == Level.TOWNSHIP
    assert (zone.initials, zone.opened_on) == ("gxq", DAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "英德市"}, "duplicate_name"),
        ({"kind": Kind.REGIONAL}, "duplicate_code"),
        ({"kind": Kind.REGIONAL, "code": "441881"}, "duplicate_code"),
    ],
)
def test_opening_is_refused(
    cast: Cast, secretary: Actor, changes: dict[str, Any], code: str
) -> None:
    wanted = {"name": "新区", "kind": Kind.ZONE, "on": DAY, **changes}
    with acting_as(secretary.scope), refusing(code):
        open_committee(parent=cast.committee("4418"), actor=secretary, **wanted)


def test_nothing_opens_below_a_township_of_the_deepest_tier(cast: Cast, secretary: Actor) -> None:
    with acting_as(secretary.scope), refusing("too_deep"):
        open_committee(
            parent=cast.committee("441802009"), name="村", kind=Kind.ZONE, on=DAY, actor=secretary
        )


def test_opening_elsewhere_finds_no_parent(cast: Cast, secretary: Actor) -> None:
    with acting_as(secretary.scope), pytest.raises(Committee.DoesNotExist):
        open_committee(
            parent=cast.committee("440606"), name="新区", kind=Kind.ZONE, on=DAY, actor=secretary
        )


@pytest.mark.parametrize("role", ["officer", "recorder", "auditor"])
def test_only_secretaries_manage_committees(cast: Cast, secretary: Actor, role: str) -> None:
    other = replace(secretary, role=ActorRole(role))
    with acting_as(secretary.scope):
        with pytest.raises(PermissionDenied):
            open_committee(
                parent=cast.committee("4418"), name="新区", kind=Kind.ZONE, on=DAY, actor=other
            )
        with pytest.raises(PermissionDenied):
            close_committee(cast.committee("441881"), successor=None, on=DAY, actor=other)
        with pytest.raises(PermissionDenied):
            rename_committee(cast.committee("441881"), name="新名", actor=other)


def test_nobody_acts_for_a_closed_committee(cast: Cast, secretary: Actor) -> None:
    today = timezone.localdate()
    county = cast.committee("441881")
    with as_owner():
        long, new = (
            MembershipFactory(
                user=UserFactory(), committee=county, role="officer", starts_on=starts_on
            )
            for starts_on in (today - timedelta(days=90), today)
        )
    with acting_as(actor_of_membership(long).scope):
        """It may as long as the committee stands."""
    with acting_as(secretary.scope):
        close_committee(county, successor=None, on=today, actor=secretary)
    for membership in (long, new):
        with pytest.raises(ScopeRefused), acting_as(actor_of_membership(membership).scope):
            pass
    with as_owner():
        long.refresh_from_db()
        new.refresh_from_db()
    assert (long.ends_on, long.revoked_at) == (today - timedelta(days=1), None)
    assert new.revoked_at is not None


def test_closing_names_the_successor_and_keeps_the_row(cast: Cast, secretary: Actor) -> None:
    with acting_as(secretary.scope):
        closed = close_committee(
            cast.committee("441881"), successor=cast.committee("441802"), on=DAY, actor=secretary
        )
    assert (closed.closed_on, closed.successor) == (DAY, cast.committee("441802"))
    assert closed.path == cast.committee("441881").path
    with as_owner():
        assert not Committee.objects.existing_on(DAY).filter(code="441881").exists()
        assert Committee.objects.existing_on(DAY - timedelta(days=1)).filter(code="441881").exists()


def closed_before(cast: Cast) -> None:
    Committee.objects.filter(code="441881").update(closed_on=DAY)


def opened_later(cast: Cast) -> None:
    Committee.objects.filter(code="441881").update(opened_on=DAY)


@pytest.mark.parametrize(
    ("code", "successor", "arrange", "refusal"),
    [
        ("4418", None, None, "own_committee"),
        ("441802", None, None, "has_children"),
        ("441881", "441881", None, "wrong_successor"),
        ("441881", "441802103", None, "wrong_successor"),
        ("441881", None, closed_before, "closed"),
        ("441881", None, opened_later, "before_opening"),
        ("441802103", "441802009", None, ""),
    ],
)
def test_closing_is_refused(
    cast: Cast,
    secretary: Actor,
    code: str,
    successor: str | None,
    arrange: Callable[[Cast], None] | None,
    refusal: str,
) -> None:
    if arrange:
        with as_owner():
            arrange(cast)
    following = cast.committee(successor) if successor else None
    with acting_as(secretary.scope):
        if refusal:
            with refusing(refusal):
                close_committee(cast.committee(code), successor=following, on=DAY, actor=secretary)
        else:
            close_committee(cast.committee(code), successor=following, on=DAY, actor=secretary)


def test_renaming_reaches_everything_below(cast: Cast, secretary: Actor) -> None:
    with acting_as(secretary.scope):
        renamed = rename_committee(cast.committee("441802"), name="新城区", actor=secretary)
        street = Committee.objects.get(code="441802009")
    assert (renamed.name, renamed.full_name) == ("新城区", "清远市 / 新城区")
    assert (renamed.pinyin, renamed.initials) == ("xinchengqu", "xcq")
    assert street.full_name == "清远市 / 新城区 / 横荷街道"
    assert (renamed.path, renamed.code) == (cast.committee("441802").path, "441802")


def test_renaming_is_refused(cast: Cast, secretary: Actor) -> None:
    with acting_as(secretary.scope):
        with refusing("duplicate_name"):
            rename_committee(cast.committee("441802"), name="英德市", actor=secretary)
    with as_owner():
        add_committee(
            code="441827",
            name="旧县",
            level="county",
            parent=cast.committee("4418"),
            closed_on=timezone.localdate(),
        )
    with acting_as(secretary.scope):
        with refusing("closed"):
            rename_committee(Committee.objects.get(code="441827"), name="清新县", actor=secretary)
        renamed = rename_committee(cast.committee("441881"), name="旧县", actor=secretary)
    assert renamed.name == "旧县", "the name of a closed brother is free"
