"""What a batch is answered with: a sentence that counts, an offer to undo, the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core.web.refusals import Refusal
from volunteers.hours.domain import BatchResult

__all__ = ["answer_batch", "microseconds_of", "moment_of", "way_back", "withdrawal_url"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def answer_batch(
    request: HttpRequest,
    act: Callable[[], BatchResult],
    say: Callable[[BatchResult], str],
    *,
    back: str,
    undo: Callable[[BatchResult], str] | None = None,
) -> HttpResponse:
    """Runs a verb on many records and leads ``back`` with what became of it."""
    try:
        result = act()
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect(back)
    messages.success(request, say(result), extra_tags=undo(result) if undo else "")
    for left_out in result.left_out:
        messages.warning(request, left_out.sentence)
    return redirect(back)


def way_back(request: HttpRequest, default: str) -> str:
    """The page of the portal that the form names as ``next``, else the one it stood on."""
    target = request.POST.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours and target else default


def withdrawal_url(result: BatchResult) -> str:
    """Where the confirmation is taken back: its moment and span of ids name the batch."""
    moment = microseconds_of(result.moment)
    return reverse("hours:confirmation-withdraw", args=[moment, result.first, result.last])


def microseconds_of(moment: datetime) -> int:
    """A moment as a number for an address, exact to what the database keeps."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(microseconds: int) -> datetime | None:
    """The moment that the number stands for; None for one that is no time."""
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return None
