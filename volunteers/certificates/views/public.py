"""Whether a certificate stands: for anybody who holds its code, and for nobody else."""

from __future__ import annotations

import json

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.crypto.signing import public_keys
from organizations.accounts.guards import public
from volunteers.certificates.domain import payload_holds
from volunteers.certificates.domain.limiting import is_waiting, note_wrong_code
from volunteers.certificates.queries import verified

__all__ = ["ask_code", "publish_keys", "verify"]


@public("who holds a code may check a signature without the portal's word")
@require_safe
def ask_code(request: HttpRequest) -> HttpResponse:
    """A field for what the code on the paper says; checked in the browser alone."""
    return render(request, "volunteers/certificates/verify_ask.html", _keys())


@never_cache
@public("a certificate is shown to people who have no account")
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What it says and whether it still stands; every wrong code is answered alike."""
    address = get_client_ip_address(request) or ""
    if is_waiting(address):
        return render(request, "volunteers/certificates/verify_wait.html", status=429)
    found = verified(code)
    if found is None:
        note_wrong_code(address)
        return render(request, "volunteers/certificates/verify_unknown.html", status=404)
    signed = payload_holds(
        code, payload=found.payload, key_id=found.key_id, signature=found.signature
    )
    context = {"found": found, "code": code, "signed": signed, **_keys()}
    return render(request, "volunteers/certificates/verify.html", context)


@public("keys by which anybody checks signatures")
@require_safe
def publish_keys(_request: HttpRequest) -> HttpResponse:
    """Ed25519 public keys by id, and what they sign."""
    said = {
        "algorithm": "Ed25519",
        "signed": "SHA-256(CODE + '.' + PAYLOAD), of KEY.PAYLOAD.SIGNATURE behind the # of a code",
        "payload": "base64url of JSON: version, number, name, minutes, from, to, unit, issued, n",
        "keys": public_keys(),
    }
    answer = JsonResponse(said)
    answer.headers["Cache-Control"] = "public, max-age=86400"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _keys() -> dict[str, str]:
    return {"keys": json.dumps(public_keys())}
