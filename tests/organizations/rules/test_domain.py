"""Rules of a province: who sets them, from when they hold, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_membership
from organizations.rules.domain import set_rule
from organizations.rules.models import RuleValue
from organizations.rules.rules import Rule, Unit, define
from organizations.rules.summary import rules_for
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory
from volunteers.signals.rules import HOURS_OF_A_DAY

Counted = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def secretary(cast: Cast) -> Actor:
    with as_owner():
        return actor_of_membership(
            MembershipFactory(user=UserFactory(), committee=cast.committee("44"), role="secretary")
        )


def put(cast: Cast, code: str, value: int, day: date) -> None:
    RuleValue.objects.create(
        committee=cast.committee(code),
        key=HOURS_OF_A_DAY.key,
        value=value,
        effective_from=day,
        reason="试行",
    )


def test_rule_holds_below_the_province_from_its_day_on(cast: Cast, secretary: Actor) -> None:
    with time_machine.travel("2026-05-01 12:00+08:00"):
        with acting_as(secretary.scope):
            set_rule(
                HOURS_OF_A_DAY,
                actor=secretary,
                value=6,
                effective_from=date(2026, 6, 1),
                reason="暑期试行",
            )
        with acting_as(cast.township_440606103.scope):
            path = cast.township_440606103.scope.committee
            assert rules_for(path)[HOURS_OF_A_DAY] == 8
            assert rules_for(path, on=date(2026, 5, 31))[HOURS_OF_A_DAY] == 8
            assert rules_for(path, on=date(2026, 6, 1))[HOURS_OF_A_DAY] == 6


def test_nearest_committee_decides_and_of_its_rows_the_one_that_begins_last(cast: Cast) -> None:
    with as_owner():
        put(cast, "4418", 7, date(2026, 1, 1))
        put(cast, "44", 5, date(2026, 3, 1))
        put(cast, "4418", 9, date(2026, 2, 1))
        put(cast, "4418", 10, date(2026, 2, 1))
    with acting_as(cast.county_441802.scope):
        path = cast.county_441802.scope.committee
        assert rules_for(path, on=date(2026, 1, 15))[HOURS_OF_A_DAY] == 7
        assert rules_for(path, on=date(2026, 4, 1))[HOURS_OF_A_DAY] == 10
    with acting_as(cast.county_440606.scope):
        path = cast.county_440606.scope.committee
        assert rules_for(path, on=date(2026, 4, 1))[HOURS_OF_A_DAY] == 5, "not that of a sibling"


def test_rules_are_read_once_in_a_scope_and_anew_in_the_next(
    cast: Cast, secretary: Actor, django_assert_num_queries: Counted
) -> None:
    city, sibling = cast.committee("4418").path, cast.committee("4406").path
    with as_owner():
        put(cast, "4418", 7, date(2026, 1, 1))
    with acting_as(cast.province.scope):
        with django_assert_num_queries(1):
            found = [rules_for(city, on=date(2026, month, 1)) for month in (1, 2, 3)]
        assert [each[HOURS_OF_A_DAY] for each in found] == [7, 7, 7]
        with django_assert_num_queries(1):
            assert rules_for(sibling)[HOURS_OF_A_DAY] == 8, "not the answer of another committee"
    with as_owner():
        put(cast, "4418", 9, date(2026, 2, 1))
    # The very same scope opened again is another one.
    with acting_as(cast.province.scope):
        assert rules_for(city, on=date(2026, 3, 1))[HOURS_OF_A_DAY] == 9


def test_rule_that_was_set_is_read_at_once(secretary: Actor) -> None:
    path, day = secretary.scope.committee, date(2026, 6, 1)
    with time_machine.travel("2026-05-01 12:00+08:00"), acting_as(secretary.scope):
        assert rules_for(path, on=day)[HOURS_OF_A_DAY] == 8
        set_rule(HOURS_OF_A_DAY, actor=secretary, value=6, effective_from=day, reason="试行")
        assert rules_for(path, on=day)[HOURS_OF_A_DAY] == 6


def test_only_the_secretary_of_a_province_sets_rules(cast: Cast, secretary: Actor) -> None:
    for actor in (cast.county_441802, cast.province, cast.province_auditor):
        with acting_as(actor.scope), pytest.raises(PermissionDenied):
            set_rule(
                HOURS_OF_A_DAY, actor=actor, value=6, effective_from=date(2030, 1, 1), reason="试行"
            )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"value": 25}, "out_of_bounds"),
        ({"value": 8}, "no_change"),
        ({"effective_from": date(2026, 5, 1)}, "begins_too_early"),
        ({"reason": " "}, "reason_missing"),
    ],
)
def test_rule_that_cannot_be_is_refused(
    secretary: Actor, changes: dict[str, object], code: str
) -> None:
    asked: dict[str, object] = {"value": 6, "effective_from": date(2026, 6, 1), "reason": "试行"}
    with time_machine.travel("2026-05-01 12:00+08:00"), acting_as(secretary.scope):
        with pytest.raises(Refusal) as refused:
            set_rule(HOURS_OF_A_DAY, actor=secretary, **{**asked, **changes})  # type: ignore[arg-type]
    assert refused.value.code == code


def test_two_rules_cannot_share_a_key() -> None:
    other = Rule(
        key=HOURS_OF_A_DAY.key,
        group="",
        label="",
        help="",
        unit=Unit.DAYS,
        default=1,
        least=1,
        most=1,
    )
    with pytest.raises(ValueError, match="signal-hours-of-a-day"):
        define(other)
    assert define(HOURS_OF_A_DAY) is HOURS_OF_A_DAY
