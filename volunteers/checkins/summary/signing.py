"""Scans that wait on a device are signed when they are made: nothing there is made up later.

A token that signs says so itself: its digest proves the whole of it. The key follows from the token
under the portal's secret key, so it is stored nowhere here, and who reads the token off a device or
a line has not got it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import new as hmac
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

__all__ = ["SIGNED", "is_signed_if_it_must", "signing_key"]

# What tokens begin with whose scans are signed.
SIGNED = "signed-"
_PARTS = ("nonce", "token", "direction", "at", "source")


def signing_key(token: str) -> str:
    """The key of HMAC-SHA256 for a device with that token, as base64."""
    key = salted_hmac("checkins.scans", token, algorithm="sha256").digest()
    return b64encode(key).decode()


def is_signed_if_it_must(token: str, sent: Mapping[str, Any]) -> bool:
    """Whether a scan, as it was sent, has the ``signature`` that its device's token asks for.

    Over nonce, code, direction, time and source, one a line, as they were sent.
    """
    if not token.startswith(SIGNED):
        return True
    text = "\n".join(str(sent[part]) for part in _PARTS)
    wanted = hmac(b64decode(signing_key(token)), text.encode(), sha256).digest()
    return constant_time_compare(str(sent.get("signature", "")), b64encode(wanted).decode())
