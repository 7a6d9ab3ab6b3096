"""Scripts that browsers want from a certain address."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse

__all__ = ["worker_answer"]


def worker_answer(name: str) -> HttpResponse:
    """A service worker by its name among the static files."""
    return HttpResponse(Path(str(finders.find(name))).read_bytes(), content_type="text/javascript")
