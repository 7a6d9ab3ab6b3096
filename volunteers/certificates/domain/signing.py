"""What the code on a certificate says offline, and its signature."""

from __future__ import annotations

import json
from hashlib import sha256

from django.core.signing import b64_encode

from core.crypto.signing import Signature, holds, sign
from volunteers.certificates.models import Certificate

__all__ = ["payload_holds", "sign_certificate"]

# The first part of every payload; a page that reads another says that it cannot.
_VERSION = 1


def sign_certificate(certificate: Certificate, *, unit: str) -> None:
    """Fills payload, digest and signature; ``unit`` is the issuing committee's name.

    The payload is a JSON list in base64url: version, number, masked name, minutes, first and last
    day, unit, day of issue, number of records. Digest: SHA-256 of ``CODE.PAYLOAD``, so that nobody
    moves a payload to another code; signed are its 32 bytes.
    """
    said = [
        _VERSION,
        certificate.number,
        certificate.masked_name,
        certificate.minutes,
        certificate.first_on.isoformat(),
        certificate.last_on.isoformat(),
        unit,
        certificate.issued_at.date().isoformat(),
        len(certificate.records),
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    certificate.payload = b64_encode(text.encode()).decode()
    digest = _digest(certificate.code, certificate.payload)
    signature = sign(digest)
    certificate.digest = digest.hex()
    certificate.key_id, certificate.signature = signature.key_id, signature.text


def payload_holds(code: str, *, payload: str, key_id: str, signature: str) -> bool:
    """Whether one of the portal's keys signed this payload for this code."""
    return holds(Signature(key_id, signature), _digest(code, payload))


def _digest(code: str, payload: str) -> bytes:
    return sha256(f"{code}.{payload}".encode()).digest()
