"""The kinds of jobs: a topic's ``tasks.py`` registers the handler of each of its own.

A handler takes a `JobRun` and returns what the job resulted in, as JSON: ``url`` (where the
person sees it) and ``url_label`` are shown by the panel, everything else is the topic's own. All
that it writes to the database is committed together with the job's end, or not at all. What it
does outside of the database (files) has to bear being done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.jobs.errors import UnknownJobKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from core.jobs.runs import JobRun

__all__ = ["Handler", "JobKind", "job_kind", "kind_named"]

Handler = Callable[["JobRun"], dict[str, Any]]

_kinds: dict[str, JobKind] = {}


@dataclass(frozen=True, slots=True)
class JobKind:
    """A registered kind. ``title`` is what lists call it; ``unit`` what its progress counts."""

    name: str
    title: _StrPromise | str
    unit: _StrPromise | str
    max_attempts: int
    handler: Handler


def job_kind(
    name: str,
    *,
    title: _StrPromise | str,
    unit: _StrPromise | str = "",
    max_attempts: int = 3,
) -> Callable[[Handler], Handler]:
    """Registers the decorated function as the handler of jobs of the kind ``name``.

    ``max_attempts`` counts tries that ended in an unexpected exception; tries that ended with
    the death of their worker are repeated beyond that. Raises `ValueError` for a name taken.
    """

    def register(handler: Handler) -> Handler:
        if name in _kinds:
            message = f"Two handlers are registered for jobs of the kind {name!r}."
            raise ValueError(message)
        _kinds[name] = JobKind(name, title, unit, max_attempts, handler)
        return handler

    return register


def kind_named(name: str) -> JobKind:
    """The registered kind. Raises `UnknownJobKind`."""
    try:
        return _kinds[name]
    except KeyError:
        message = f"No handler is registered for jobs of the kind {name!r}."
        raise UnknownJobKind(message) from None
