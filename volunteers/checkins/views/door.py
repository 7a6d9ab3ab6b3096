"""The door of a shift, and a volunteer who comes to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.typesetting.codes import qr_svg
from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts, lock_session, locked_to, unlock_session
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Shift
from volunteers.checkins.domain import check_in, next_direction
from volunteers.checkins.forms import ArrivalForm, DoorForm, UnlockForm
from volunteers.checkins.models import CheckIn, Direction, Way
from volunteers.checkins.summary.codes import STEP_SECONDS, shift_code, shift_of_code
from volunteers.checkins.summary.finding import signup_at_door
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["come", "lock", "scan", "show_code", "show_door", "unlock"]

_UNPROCESSABLE = 422
_LATEST = 8
# So long a volunteer who has scanned may take to sign in and to press the button.
_ADMITTED_SECONDS = 10 * 60
_SALT = "checkins.admission"


@acts("activities.write")
@require_safe
def show_door(request: HttpRequest, shift_id: int) -> HttpResponse:
    """The code of the moment, a field for digits and codes, and who came last."""
    return _door(request, _shift(shift_id), DoorForm(), UnlockForm())


@acts("activities.write")
@require_safe
def show_code(request: HttpRequest, shift_id: int) -> HttpResponse:
    """The code of the moment alone; the page asks for it anew."""
    shift = _shift(shift_id)
    return render(request, "volunteers/checkins/_code.html", _code_of(request, shift))


@acts("activities.write")
@require_POST
def scan(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Somebody comes or goes: by the own code, or by digits typed at the door."""
    shift = _shift(shift_id)
    form = DoorForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        by_code = "." in text and not locked_to(request)
        way = Way.DESK_SCAN if by_code else Way.KIOSK
        try:
            made = check_in(signup_at_door(shift, text), actor=actor_of(request), way=way)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _said(made, made.signup.volunteer_name))
            return redirect("checkins:door-detail", shift_id)
    return _door(request, shift, form, UnlockForm(), status=_UNPROCESSABLE)


@acts("activities.write")
@require_POST
def lock(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Leaves the tablet at the door: the session reaches this page alone."""
    _shift(shift_id)
    address = reverse("checkins:door-detail", args=[shift_id])
    lock_session(request, address)
    return redirect(address)


@acts("activities.write")
@require_POST
def unlock(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Takes the tablet back, with the password of its account."""
    shift = _shift(shift_id)
    form = UnlockForm(request.POST)
    if form.is_valid():
        if not locked_to(request) or unlock_session(request, form.cleaned_data["password"]):
            return redirect("attendance:roll-detail", shift.activity_id, shift.pk)
        form.add_error("password", _("That is not the password of this account."))
    return _door(request, shift, DoorForm(), form, status=_UNPROCESSABLE)


@acts("own.signup")
@require_http_methods(["GET", "HEAD", "POST"])
def come(request: HttpRequest, code: str) -> HttpResponse:
    """The volunteer has scanned the code at the door: one button says that one comes or goes."""
    person = actor_of(request).scope.volunteer or 0
    shift_id = _admitted(request, person) or shift_of_code(code, at=timezone.now())
    if shift_id is None:
        return render(request, "volunteers/checkins/come.html", {}, status=_UNPROCESSABLE)
    mine = SignUp.objects.with_calls().of_person(person).filter(shift=shift_id)
    signup = mine.filter(state=SignUpState.PLACED).first()
    context: dict[str, Any] = {"scanned": True, "signup": signup}
    if signup is None:
        return render(request, "volunteers/checkins/come.html", context)
    if posted(request) is not None:
        arrival = ArrivalForm(request.POST)
        said = arrival.cleaned_data if arrival.is_valid() else {}
        try:
            made = check_in(signup, actor=actor_of(request), way=Way.OWN_SCAN, **said)
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _said(made))
        return redirect("signups:call-detail", signup.activity_id)
    context |= {
        "asks_place": signup.activity.location_metres and signup.activity.where,
        "leaves": next_direction(signup) == Direction.OUT,
        "admission": signing.dumps([shift_id, person], salt=_SALT),
    }
    return render(request, "volunteers/checkins/come.html", context)


def _admitted(request: HttpRequest, person: int) -> int | None:
    """The shift whose code this person scanned some minutes ago, as the page was told."""
    try:
        shift, whose = signing.loads(
            request.POST.get("admission", ""), salt=_SALT, max_age=_ADMITTED_SECONDS
        )
    except signing.BadSignature:
        return None
    return shift if whose == person else None


def _door(
    request: HttpRequest,
    shift: Shift,
    form: DoorForm,
    unlock_form: UnlockForm,
    *,
    status: int | None = None,
) -> HttpResponse:
    latest = CheckIn.objects.filter(shift=shift).select_related("signup").order_by("-pk")
    context = {
        "shift": shift,
        "form": form,
        "unlock_form": unlock_form,
        "locked": bool(locked_to(request)),
        "latest": latest[:_LATEST],
        **_code_of(request, shift),
    }
    return render(request, "volunteers/checkins/door.html", context, status=status)


def _code_of(request: HttpRequest, shift: Shift) -> dict[str, Any]:
    code = shift_code(shift.pk, at=timezone.now())
    address = request.build_absolute_uri(reverse("checkins:checkin-create", args=[code]))
    return {"shift": shift, "image": _image(address), "seconds": STEP_SECONDS // 2}


def _image(text: str) -> SafeString:
    return mark_safe(qr_svg(text, border=2))  # noqa: S308


def _said(made: CheckIn, name: str = "") -> str:
    at = timezone.localtime(made.at).strftime("%H:%M")
    came = made.direction == Direction.IN
    if name:
        said = _("{name}: came at {at}.") if came else _("{name}: left at {at}.")
    else:
        said = _("You came at {at}.") if came else _("You left at {at}. Thank you.")
    return said.format(name=name, at=at)


def _shift(shift_id: int) -> Shift:
    return get_object_or_404(Shift.objects.select_related("activity__committee"), pk=shift_id)
