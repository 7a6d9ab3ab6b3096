"""A volunteer's codes, which the telephone keeps, and what makes the portal an app on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.typesetting.codes import qr_svg
from core.web.scripts import worker_answer
from organizations.accounts.guards import acts, public
from organizations.accounts.scopes import actor_of
from volunteers.checkins.summary.codes import signup_code
from volunteers.signups.models import SignUp

__all__ = ["list_codes", "send_own_manifest", "send_own_worker"]

# So many shifts to come are on the telephone.
_MOST = 20


@acts("own.signup")
@require_safe
def list_codes(request: HttpRequest) -> HttpResponse:
    """A code for each shift to come in which one has a place, the next one first."""
    person = actor_of(request).scope.volunteer or 0
    mine = SignUp.objects.of_person(person).placed_to_come(timezone.now()).with_calls()
    rows = [
        {"signup": each, "image": mark_safe(qr_svg(signup_code(each.pk), border=2))}  # noqa: S308
        for each in mine[:_MOST]
    ]
    return render(request, "volunteers/checkins/own_codes.html", {"rows": rows})


@public("the script keeps a page of one's own and holds nobody's data")
@require_safe
def send_own_worker(_request: HttpRequest) -> HttpResponse:
    """From an address above the pages that it serves, as browsers ask."""
    return worker_answer("dist/own-worker.js")


@public("it names the app and holds nobody's data")
@require_safe
def send_own_manifest(_request: HttpRequest) -> JsonResponse:
    """By which a telephone installs the volunteer's pages."""
    said = {
        "name": _("Volunteer portal"),
        "short_name": _("Volunteers"),
        "id": reverse("own:home"),
        "start_url": reverse("own:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": "#0f766e",
        "background_color": "#ffffff",
        "icons": [
            {"src": static(f"dist/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ],
        "shortcuts": [{"name": _("My codes"), "url": reverse("checkins:code-list")}],
    }
    return JsonResponse(said, content_type="application/manifest+json")
