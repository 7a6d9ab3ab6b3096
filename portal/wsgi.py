"""The WSGI entry point that granian serves."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.translation import override

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")

pages = get_wsgi_application()

# Only now: models need the applications that the line above loads.
from volunteers.checkins.api import answer_scan  # noqa: E402

_SCANS = "/api/v1/check-ins/"
_MOST_BYTES = 4096


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Every page by Django; scans of devices past its middleware, which has no part in them.

    A device has neither session nor scope: its token is proven by the statement that stores. The
    address in Django answers the same, for tests and other servers.
    """
    is_scan = environ["PATH_INFO"] == _SCANS and environ["REQUEST_METHOD"] == "POST"
    length = environ.get("CONTENT_LENGTH") or ""
    if not is_scan or not length.isdecimal() or int(length) > _MOST_BYTES:
        return pages(environ, start_response)
    body = environ["wsgi.input"].read(int(length))
    # The thread still speaks the language of the page before.
    with override(settings.LANGUAGE_CODE):
        answer = answer_scan(environ.get("HTTP_AUTHORIZATION", ""), body)
    said = json.dumps(answer.said, ensure_ascii=False).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(said))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
    return [said]


# What is loaded stays for good: a full collection need not walk it, amid somebody's request.
gc.collect()
gc.freeze()
# A page makes some thousand objects that end with it: seven hundred more than were freed are no
# sign of garbage, and looking for it as often took a twentieth of the time.
gc.set_threshold(10_000, 20, 50)
