"""Two hundred at once on a stock of fifty, and twenty of one person on a limit of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from core.web.refusals import Refusal
from incentives.offers.models import Offer, OfferStock
from incentives.redemptions.domain import redeem_here
from incentives.redemptions.models import Redemption
from incentives.redemptions.summary.codes import person_code
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.incentives.arranging import offer_of, outcome
from tests.volunteers.hours.races import race
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)
_HANDS = 20
_LOCK = (
    "PERFORM pg_advisory_xact_lock("
    "hashtext('incentives_redemption'), (person % 2147483648)::integer);"
)


def rush(offer: Offer, cashier: Actor, asked: list[tuple[Volunteer, str]]) -> Counter[str]:
    """What all are answered who come at the same moment, twenty side by side."""

    def ask(mine: list[tuple[Volunteer, str]]) -> list[str]:
        try:
            return [outcome(offer, cashier, person, code=code) for person, code in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(_HANDS) as hands:
        parts = hands.map(ask, [asked[hand::_HANDS] for hand in range(_HANDS)])
        return Counter(answer for part in parts for answer in part)


@contextmanager
def without(guard: str, instead: str) -> Iterator[None]:
    """The function that redeems, with one of its guards taken out."""
    text = _core()
    assert text.count(guard) == 1, "the guard has another form by now"
    try:
        _replace(text.replace(guard, instead))
        yield
    finally:
        _replace(text)


def _core() -> str:
    """The function as the migration wrote it."""
    text: str = import_module("incentives.migrations.0002_guards").CORE
    return text


def _replace(text: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


def two_hundred(cast: Cast) -> list[tuple[Volunteer, str]]:
    with as_owner():
        people = VolunteerFactory.create_batch(200, committee=cast.committee("441802009"))
    now = timezone.now()
    return [(each, person_code(each.pk, at=now)) for each in people]


def one_person_twenty_times(cast: Cast) -> list[tuple[Volunteer, str]]:
    """Two codes that are both good, from ten telephones each."""
    now = timezone.now()
    codes = [person_code(cast.volunteer.pk, at=now - timedelta(seconds=30 * n)) for n in (0, 1)]
    return [(cast.volunteer, codes[n % 2]) for n in range(20)]


def test_stock_of_fifty_is_used_fifty_times(cast: Cast) -> None:
    offer, cashier = offer_of(cast, stock=50)
    assert rush(offer, cashier, two_hundred(cast)) == {"redeemed": 50, "sold_out": 150}
    with as_owner():
        assert Redemption.objects.count() == OfferStock.objects.get().taken == 50


def test_limit_of_one_is_used_once(cast: Cast) -> None:
    offer, cashier = offer_of(cast, per_person=1)
    said = rush(offer, cashier, one_person_twenty_times(cast))
    assert said["redeemed"] == 1
    assert set(said) <= {"redeemed", "code_used", "person_limit"}
    with as_owner():
        assert Redemption.objects.count() == 1


def test_without_its_guard_the_stock_is_oversold(cast: Cast) -> None:
    offer, cashier = offer_of(cast, stock=50)
    asked = two_hundred(cast)
    with without("AND taken < offered.stock", ""):
        said = rush(offer, cashier, asked)
    assert said["redeemed"] > 50


def test_without_its_lock_the_limit_is_passed(cast: Cast) -> None:
    """Two codes of one person, both good: the second counts before the first is in."""
    offer, cashier = offer_of(cast, per_person=1)
    person, now = cast.volunteer, timezone.now()
    codes = [person_code(person.pk, at=now - timedelta(seconds=30 * n)) for n in (0, 1)]

    def redeem(code: str) -> str:
        return redeem_here(code, offer=offer.pk, nonce=uuid4(), actor=cashier).outcome

    with without(_LOCK, ""):
        answers = race(cashier, lambda: redeem(codes[0]), cashier, lambda: redeem(codes[1]))
    assert answers == ("redeemed", "redeemed")


def test_with_its_lock_the_second_waits_and_is_refused(cast: Cast) -> None:
    """The control of the one above: the same two, with the lock in place."""
    offer, cashier = offer_of(cast, per_person=1)
    person, now = cast.volunteer, timezone.now()
    codes = [person_code(person.pk, at=now - timedelta(seconds=30 * n)) for n in (0, 1)]

    def redeem(code: str) -> str:
        return redeem_here(code, offer=offer.pk, nonce=uuid4(), actor=cashier).outcome

    first, second = race(cashier, lambda: redeem(codes[0]), cashier, lambda: redeem(codes[1]))
    assert first == "redeemed"
    assert isinstance(second, Refusal)
    assert second.code == "person_limit"
