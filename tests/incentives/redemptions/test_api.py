"""What a till sends: by its own token, once for a nonce, the same answer past Django and in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.direct import close_direct
from core.tenancy.scope import acting_as
from incentives.offers.models import Offer
from incentives.redemptions.domain import issue_till, revoke_till
from incentives.redemptions.models import Redemption, Till
from incentives.redemptions.summary.codes import person_code
from portal.wsgi import application
from tests.cast import Cast
from tests.database import as_owner
from tests.incentives.arranging import offer_of

# The till's connection sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = reverse("api:redemption")


@pytest.fixture(autouse=True)
def _direct_connection() -> Iterator[None]:
    close_direct()
    yield
    close_direct()


def till_of(cast: Cast, offer: Offer) -> tuple[Till, str]:
    with acting_as(cast.county_441802.scope):
        return issue_till(offer.merchant, actor=cast.county_441802, name="前台")


def body(cast: Cast, asked: Offer, **more: Any) -> dict[str, Any]:
    steps = more.pop("steps", 0)
    at = timezone.now() - timedelta(seconds=30 * steps)
    code = person_code(cast.volunteer.pk, at=at)
    return {"code": code, "offer": asked.pk, "nonce": str(uuid4()), **more}


def send(token: str, sent: Any) -> Any:
    return Client().post(
        ADDRESS, sent, content_type="application/json", headers={"Authorization": f"Till {token}"}
    )


def test_till_redeems_once_for_a_nonce(cast: Cast) -> None:
    offer, _cashier = offer_of(cast)
    _till, token = till_of(cast, offer)
    sent = body(cast, offer)
    first, second = send(token, sent), send(token, sent)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert set(first.json()) == {"id", "nonce", "offer", "title", "stars", "late", "at"}
    with as_owner():
        assert Redemption.objects.get().by_label == "前台"


def test_lost_answer_is_given_again_although_the_rest_has_changed(cast: Cast) -> None:
    """A till that was killed between redeeming and the answer asks again, after the offer's end."""
    offer, _cashier = offer_of(cast, stock=1, per_person=1)
    _till, token = till_of(cast, offer)
    sent = body(cast, offer)
    first = send(token, sent).json()
    with as_owner():
        Offer.objects.update(state="withdrawn")
    assert send(token, sent).json() == first


def test_lost_answer_is_given_again_when_the_code_has_passed(cast: Cast) -> None:
    offer, _cashier = offer_of(cast)
    _till, token = till_of(cast, offer)
    sent = body(cast, offer)
    first = send(token, sent).json()
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert send(token, sent).json() == first
        again = send(token, sent | {"nonce": str(uuid4())}).json()
    assert [error["code"] for error in again["errors"]] == ["code_expired"]
    with as_owner():
        assert Redemption.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"code": "0000000000000000"}, 409, "code_expired"),
        ({"offer": 2**40}, 409, "not_offered"),
        ({"offer": "1"}, 400, "invalid"),
        ({"nonce": "1"}, 400, "invalid"),
    ],
)
def test_refusals_have_a_code(cast: Cast, more: dict[str, Any], status: int, code: str) -> None:
    offer, _cashier = offer_of(cast)
    _till, token = till_of(cast, offer)
    answer = send(token, body(cast, offer, **more))
    assert answer.status_code == status
    assert [error["code"] for error in answer.json()["errors"]] == [code]


def test_revoked_and_unknown_tokens_redeem_nothing(cast: Cast) -> None:
    offer, _cashier = offer_of(cast)
    till, token = till_of(cast, offer)
    with acting_as(cast.county_441802.scope):
        revoke_till(till, actor=cast.county_441802)
    for each in (token, "nonsense", ""):
        answer = send(each, body(cast, offer))
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "revoked")
    with as_owner():
        assert not Redemption.objects.exists()


def test_answer_past_the_middleware_is_the_same(cast: Cast) -> None:
    offer, _cashier = offer_of(cast)
    _till, token = till_of(cast, offer)
    sent = body(cast, offer)
    text = json.dumps(sent).encode()
    environ = {
        "PATH_INFO": ADDRESS,
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(text)),
        "HTTP_AUTHORIZATION": f"Till {token}",
        "wsgi.input": BytesIO(text),
    }
    said: list[str] = []
    parts = application(environ, lambda status, _headers, *_: said.append(status))  # type: ignore[arg-type]
    assert said == ["201 Created"]
    assert json.loads(b"".join(parts)) == send(token, sent).json()
