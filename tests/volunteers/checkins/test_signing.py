"""Scans of devices that sign them."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.volunteers.checkins.test_devices import (
    MINUTE,
    _direct_connection,
    issued,
    scan,
    send,
    shift,
    signups,
    stored,
)
from volunteers.activities.models import Shift
from volunteers.checkins.summary.codes import signup_code
from volunteers.checkins.summary.signing import signing_key

__all__ = ["_direct_connection", "shift"]

pytestmark = pytest.mark.django_db(transaction=True)


def signed(token: str, said: dict[str, Any]) -> dict[str, Any]:
    """As the offline page signs: it has the key, and never learns how it was made."""
    text = "\n".join(said[part] for part in ("nonce", "token", "direction", "at", "source"))
    seal = hmac.digest(b64decode(signing_key(token)), text.encode(), "sha256")
    return {**said, "signature": b64encode(seal).decode()}


def test_scan_of_a_device_that_signs_is_taken_as_it_was_made(cast: Cast, shift: Shift) -> None:
    token = issued(cast, shift, signs=True)
    said = signed(token, scan(shift))
    changes: list[dict[str, Any]] = [
        {"signature": ""},
        {"signature": None},
        {"nonce": str(uuid4())},
        {"direction": "out"},
        {"at": (timezone.localtime() - MINUTE).isoformat()},
        {"source": "kiosk"},
        {"token": signup_code(signups(shift)[1].pk)},
    ]
    for change in changes:
        assert send(token, {**said, **change}) == (403, "bad_signature"), change
    del said["signature"]
    assert send(token, said) == (403, "bad_signature")
    assert stored() == []
    assert send(token, signed(token, said))[0] == 201


def test_key_of_another_device_or_a_token_cut_short_signs_nothing(cast: Cast, shift: Shift) -> None:
    ours, theirs = (issued(cast, shift, signs=True) for _ in range(2))
    assert send(ours, signed(theirs, scan(shift))) == (403, "bad_signature")
    # Without its beginning it asks for no signature, and is nobody's.
    assert send(ours.removeprefix("signed-"), scan(shift)) == (403, "revoked")
    assert stored() == []
