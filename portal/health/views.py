"""Whether the process lives, and whether everything that it needs answers."""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest

from celery.exceptions import CeleryError
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from organizations.accounts.guards import public
from portal.celery import app

__all__ = ["alive", "metrics", "ready"]

_WORKER_ANSWERS_WITHIN_SECONDS = 1.0


@public("Machines ask it; it says nothing of anybody.")
def alive(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("alive", content_type="text/plain")


@public("Machines ask it; it says nothing of anybody.")
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when database, broker and a worker answer, else 503 naming what does not."""
    checks = {"database": _database_answers, "broker": _broker_answers, "worker": _worker_answers}
    answers = {name: _holds(check) for name, check in checks.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


@public("Prometheus asks it with METRICS_TOKEN; without the token there is no such address.")
def metrics(request: HttpRequest) -> HttpResponse:
    """This process's counters; `Authorization: Bearer` with the token that the settings hold."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token: str = settings.METRICS_TOKEN
    if not token or not compare_digest(sent.encode(), token.encode()):
        raise Http404
    exported: HttpResponse = ExportToDjangoView(request)
    return exported


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, RedisError, KombuError, CeleryError, OSError):
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _broker_answers() -> bool:
    cache.set("readyz", 1, timeout=5)
    return bool(cache.get("readyz") == 1)


def _worker_answers() -> bool:
    """One that does jobs; the clock's does short work only."""
    answers = app.control.broadcast(
        "ping",
        reply=True,
        timeout=_WORKER_ANSWERS_WITHIN_SECONDS,
        limit=1,
        pattern="jobs@*",
        matcher="glob",
    )
    return bool(answers)
