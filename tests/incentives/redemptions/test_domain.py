"""Redeeming: each limit holds, each code is used once, and nobody learns whose it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from incentives.offers.domain import withdraw_offer
from incentives.offers.models import OfferStock
from incentives.redemptions.domain import (
    reverse_redemption,
    would_redeem,
)
from incentives.redemptions.models import Redemption
from incentives.redemptions.summary.codes import person_code
from incentives.redemptions.summary.sentences import sentences
from incentives.redemptions.summary.usable import offers_for
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.incentives.arranging import granted, offer_of, outcome, redeemed, served

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)


def next_code(person: int, steps: int = 1) -> str:
    """The code of another half minute, which is still taken."""
    return person_code(person, at=timezone.now() - steps * STEP)


def test_code_is_redeemed_and_used_once(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    code = person_code(cast.volunteer.pk, at=timezone.now())
    said = redeemed(offer, cashier, cast.volunteer, code=code)
    assert (said.outcome, said.title, said.stars) == ("redeemed", offer.title, 0)
    assert outcome(offer, cashier, cast.volunteer, code=code) == "code_used"
    assert outcome(offer, cashier, cast.volunteer, code=next_code(cast.volunteer.pk)) == "redeemed"


def test_the_same_nonce_answers_what_was_stored_first(cast: Cast) -> None:
    offer, cashier = offer_of(cast, per_person=1, stock=1)
    code, nonce = person_code(cast.volunteer.pk, at=timezone.now()), uuid4()
    first = redeemed(offer, cashier, cast.volunteer, code=code, nonce=nonce)
    assert redeemed(offer, cashier, cast.volunteer, code=code, nonce=nonce) == first
    with as_owner():
        assert Redemption.objects.count() == 1
        assert OfferStock.objects.get().taken == 1


def test_a_nonce_belongs_to_one_redemption(cast: Cast) -> None:
    offer, cashier = offer_of(cast, stock=9)
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802009"))
    nonce = uuid4()
    redeemed(offer, cashier, cast.volunteer, nonce=nonce)
    assert outcome(offer, cashier, other, nonce=nonce) == "nonce_taken"
    with as_owner():
        assert OfferStock.objects.get().taken == 1


def test_looking_at_a_code_keeps_nothing(cast: Cast) -> None:
    offer, cashier = offer_of(cast, stock=1)
    granted(cast.volunteer, 2)
    code = person_code(cast.volunteer.pk, at=timezone.now())
    with acting_as(cashier.scope):
        said = would_redeem(code, offer=offer.pk, nonce=uuid4(), actor=cashier)
    assert (said.outcome, said.stars, said.is_late) == ("valid", 2, False)
    with as_owner():
        assert not Redemption.objects.exists()
        assert OfferStock.objects.get().taken == 0


@pytest.mark.parametrize("limit", ["per_day", "per_month", "per_person"])
def test_personal_limit_holds_and_a_reversal_gives_it_back(cast: Cast, limit: str) -> None:
    offer, cashier = offer_of(cast, "441802", **{limit: 2})
    person = cast.volunteer
    for steps in (1, 2):
        assert outcome(offer, cashier, person, code=next_code(person.pk, steps)) == "redeemed"
    refused = {"per_day": "day_limit", "per_month": "month_limit", "per_person": "person_limit"}
    assert outcome(offer, cashier, person, code=next_code(person.pk, 3)) == refused[limit]
    with acting_as(cashier.scope):
        last = Redemption.objects.of_merchant(cashier.scope.merchant or 0).order_by("-pk")[0]
        reverse_redemption(last, actor=cashier, reason="误核销")
    assert outcome(offer, cashier, person, code=next_code(person.pk, 4)) == "redeemed"


def test_yesterday_does_not_count_today(cast: Cast) -> None:
    offer, cashier = offer_of(cast, per_day=1)
    redeemed(offer, cashier, cast.volunteer)
    with as_owner():
        yesterday = timezone.localdate() - timedelta(days=1)
        Redemption.objects.update(redeemed_on=yesterday)
    assert outcome(offer, cashier, cast.volunteer, code=next_code(cast.volunteer.pk)) == "redeemed"


def test_stock_holds_and_a_reversal_gives_it_back(cast: Cast) -> None:
    offer, cashier = offer_of(cast, stock=1)
    person = cast.volunteer
    redeemed(offer, cashier, person)
    assert outcome(offer, cashier, person, code=next_code(person.pk)) == "sold_out"
    with acting_as(cashier.scope):
        reverse_redemption(
            Redemption.objects.of_merchant(cashier.scope.merchant or 0).get(),
            actor=cashier,
            reason="误核销",
        )
    assert outcome(offer, cashier, person, code=next_code(person.pk, 2)) == "redeemed"


def test_stars_and_hours_are_asked_for(cast: Cast) -> None:
    starry, cashier = offer_of(cast, min_stars=2)
    busy, other_cashier = offer_of(cast, min_minutes=120)
    person = cast.volunteer
    granted(person, 1)
    served(person, 119)
    last_year = timezone.localdate().replace(year=timezone.localdate().year - 1)
    served(person, 600, on=last_year)
    assert outcome(starry, cashier, person) == "too_few_stars"
    assert outcome(busy, other_cashier, person) == "too_few_hours"
    granted(person, 2)
    served(person, 1)
    assert outcome(starry, cashier, person, code=next_code(person.pk)) == "redeemed"
    assert outcome(busy, other_cashier, person, code=next_code(person.pk, 2)) == "redeemed"


def test_hours_that_wait_do_not_count(cast: Cast) -> None:
    offer, cashier = offer_of(cast, min_minutes=60)
    served(cast.volunteer, 60, state="submitted")
    assert outcome(offer, cashier, cast.volunteer) == "too_few_hours"


def test_offer_is_for_the_volunteers_of_its_committee(cast: Cast) -> None:
    offer, cashier = offer_of(cast, "440606")
    assert outcome(offer, cashier, cast.volunteer) == "not_for_you"


def test_offers_of_another_merchant_are_not_redeemed_here(cast: Cast) -> None:
    offer, _cashier = offer_of(cast)
    _other, cashier = offer_of(cast)
    assert outcome(offer, cashier, cast.volunteer) == "not_offered"


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"state": "submitted"}, "not_offered"),
        ({"ends_on": timezone.localdate() - timedelta(days=1)}, "not_offered"),
        ({"starts_on": timezone.localdate() + timedelta(days=1)}, "not_offered"),
        ({"weekdays": [timezone.localdate().isoweekday() % 7 + 1]}, "not_today"),
    ],
)
def test_offer_that_does_not_run_is_refused(
    cast: Cast, fields: dict[str, Any], refused: str
) -> None:
    offer, cashier = offer_of(cast, "441802", **fields)
    assert outcome(offer, cashier, cast.volunteer) == refused


@pytest.mark.parametrize(
    "fields",
    [
        {"suspended_at": timezone.now(), "suspend_reason": "停业"},
        {"agreed_until": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_merchant_without_agreement_grants_nothing(cast: Cast, fields: dict[str, Any]) -> None:
    offer, cashier = offer_of(cast)
    with as_owner():
        type(offer.merchant).objects.filter(pk=offer.merchant_id).update(**fields)
    assert outcome(offer, cashier, cast.volunteer) == "merchant_paused"


def test_withdrawn_offer_is_not_granted_any_more(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    with acting_as(cast.county_441802.scope):
        withdraw_offer(offer, actor=cast.county_441802, reason="停售")
    assert outcome(offer, cashier, cast.volunteer) == "not_offered"


def test_code_without_network_holds_for_five_minutes_and_is_marked(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    person = cast.volunteer
    redeemed(offer, cashier, person, code=next_code(person.pk, 2))
    redeemed(offer, cashier, person, code=next_code(person.pk, 9))
    assert outcome(offer, cashier, person, code=next_code(person.pk, 12)) == "code_expired"
    with as_owner():
        assert list(Redemption.objects.order_by("pk").values_list("is_late", flat=True)) == [
            False,
            True,
        ]


@pytest.mark.parametrize("typed", ["", "ABCD", "0000 0000 0000 0000", "!" * 16])
def test_any_other_text_is_no_code(cast: Cast, typed: str) -> None:
    offer, cashier = offer_of(cast)
    assert outcome(offer, cashier, cast.volunteer, code=typed or "-") == "code_expired"


def test_who_has_left_uses_nothing(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    with as_owner():
        left = VolunteerFactory(committee=cast.committee("441802009"), state="withdrawn")
    assert outcome(offer, cashier, left) == "not_for_you"


def test_merchant_reverses_for_a_day_and_the_committee_later(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    redeemed(offer, cashier, cast.volunteer)
    with as_owner():
        Redemption.objects.update(redeemed_at=timezone.now() - timedelta(hours=25))
        made = Redemption.objects.get()
    with acting_as(cashier.scope), pytest.raises(Refusal) as refused:
        reverse_redemption(made, actor=cashier, reason="误核销")
    assert refused.value.code == "too_late"
    with acting_as(cast.county_441802.scope):
        reverse_redemption(made, actor=cast.county_441802, reason="争议")
    with acting_as(cast.county_441802.scope), pytest.raises(Refusal) as again:
        reverse_redemption(made, actor=cast.county_441802, reason="争议")
    assert again.value.code == "reversed_before"


def test_nobody_reverses_what_is_elsewhere(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    redeemed(offer, cashier, cast.volunteer)
    _other, stranger = offer_of(cast)
    with as_owner():
        made = Redemption.objects.get()
    for actor in (stranger, cast.county_440606):
        with acting_as(actor.scope), pytest.raises(Refusal) as refused:
            reverse_redemption(made, actor=actor, reason="误核销")
        assert refused.value.code == "unknown"


def test_merchant_reads_no_volunteer(cast: Cast) -> None:
    offer, cashier = offer_of(cast)
    redeemed(offer, cashier, cast.volunteer)
    closed = [
        "SELECT volunteer_id FROM incentives_redemption",
        "SELECT step FROM incentives_redemption",
        "SELECT 1 FROM volunteers_volunteer",
        "SELECT 1 FROM volunteers_servicerecord",
        "SELECT 1 FROM incentives_staraward",
        "SELECT licence FROM incentives_merchant",
    ]
    for statement in closed:
        with acting_as(cashier.scope), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)


def test_every_refusal_has_a_sentence_and_pages_say_the_same_beforehand(cast: Cast) -> None:
    """What a volunteer reads of an offer is what the counter says."""
    person = cast.volunteer
    granted(person, 1)
    served(person, 90)
    cases: list[dict[str, Any]] = [
        {},
        {"min_stars": 1},
        {"min_stars": 2},
        {"min_minutes": 90},
        {"min_minutes": 91},
        {"per_day": 1},
        {"stock": 1},
        {"weekdays": [timezone.localdate().isoweekday()]},
        {"weekdays": [timezone.localdate().isoweekday() % 7 + 1]},
    ]
    offers = [offer_of(cast, "441802", **fields) for fields in cases]
    redeemed(*offers[5], person, code=next_code(person.pk, 1))
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802009"))
    redeemed(*offers[6], other)
    with acting_as(cast.person.scope):
        said = {each.offer.pk: each.now for each in offers_for(person.pk)}
    found = {}
    for number, (offer, cashier) in enumerate(offers, start=2):
        answer = outcome(offer, cashier, person, code=next_code(person.pk, number % 10))
        found[offer.pk] = answer == "redeemed"
        assert answer == "redeemed" or answer in sentences()
    assert said == found
    assert sorted(found.values()) == [False] * 5 + [True] * 4
