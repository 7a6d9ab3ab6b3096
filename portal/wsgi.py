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
from incentives.redemptions.api import answer_redemption  # noqa: E402
from volunteers.checkins.api import answer_scan  # noqa: E402

# What devices and tills send, by its address.
_DIRECT = {"/api/v1/check-ins/": answer_scan, "/api/v1/redemptions/": answer_redemption}
_MOST_BYTES = 4096


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Every page by Django; what devices and tills send past its middleware.

    A device has neither session nor scope: its token is proven by the statement that stores. The
    address in Django answers the same, for tests and other servers.
    """
    answers = _DIRECT.get(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
    length = environ.get("CONTENT_LENGTH") or ""
    if answers is None or not length.isdecimal() or int(length) > _MOST_BYTES:
        return pages(environ, start_response)
    body = environ["wsgi.input"].read(int(length))
    # The thread still speaks the language of the page before.
    with override(settings.LANGUAGE_CODE):
        answer = answers(environ.get("HTTP_AUTHORIZATION", ""), body)
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
