"""The door without network: a page that stays on the device, and what it takes along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.web.refusals import Refusal
from core.web.scripts import worker_answer
from organizations.accounts.guards import acts, public
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Shift
from volunteers.checkins.domain import issue_device
from volunteers.checkins.summary.roster import roster_of
from volunteers.checkins.summary.signing import signing_key

__all__ = ["give_roster", "send_manifest", "send_worker", "show_offline"]


@acts("activities.write")
@require_safe
def show_offline(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Drawn without anybody's data: the device keeps this page."""
    shift = _shift(shift_id)
    return render(request, "volunteers/checkins/offline.html", {"shift": shift, "words": _words()})


@never_cache
@acts("activities.write")
@require_POST
def give_roster(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Who has a place, with codes, and a token of its own for the device that asks."""
    shift = _shift(shift_id)
    try:
        device, token = issue_device(
            shift.activity, actor=actor_of(request), name=_("offline page"), signs=True
        )
    except Refusal as refused:
        return JsonResponse({"code": refused.code, "detail": str(refused)}, status=409)
    roster = {"token": token, "until": device.expires_at, "people": roster_of(shift)}
    return JsonResponse({**roster, "key": signing_key(token)})


@public("the script keeps a page and holds nobody's data")
@require_safe
def send_worker(_request: HttpRequest) -> HttpResponse:
    """From an address above the pages that it serves, as browsers ask."""
    return worker_answer("dist/door-worker.js")


@public("it names the page and holds nobody's data")
@require_safe
def send_manifest(_request: HttpRequest, shift_id: int) -> JsonResponse:
    """By which a phone installs the page."""
    address = reverse("checkins:offline-detail", args=[shift_id])
    said = {
        "name": _("Check-in at the door"),
        "short_name": _("Check-in"),
        "id": address,
        "start_url": address,
        "scope": "/door/",
        "display": "standalone",
        "icons": [{"src": static("dist/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(said, content_type="application/manifest+json")


def _words() -> dict[str, str]:
    """What the script says; ``{n}`` becomes a number."""
    return {
        "ready": _("Ready: this page works without network from now on."),
        "offline": _("No network. Scans stay on this device and are sent later."),
        "unprepared": _("Open this page once with network, so that it knows who comes."),
        "unknown": _("Nobody with a place in this shift has that number. Ask the organiser."),
        "several": _("Several people have these digits. Type the portal number."),
        "again": _("scanned just now"),
        "in": _("came"),
        "out": _("left"),
        "waiting": _("{n} not yet sent"),
        "unsent": _("not yet sent"),
        "sent": _("sent"),
        "refused": _("refused; settle it at the roll call"),
        "still": _("Some scans are not sent yet. Find a network first."),
        "cleared": _("Names and scans are gone from this device."),
    }


def _shift(shift_id: int) -> Shift:
    return get_object_or_404(Shift.objects.select_related("activity__committee"), pk=shift_id)
