"""Which devices may scan at an activity's doors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Activity
from volunteers.checkins.domain import issue_device, revoke_device
from volunteers.checkins.forms import DeviceForm
from volunteers.checkins.models import DoorDevice

__all__ = ["list_devices", "revoke"]


@never_cache
@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def list_devices(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Those there are; a new one's token is shown in this answer and never again."""
    activity = get_object_or_404(Activity, pk=activity_id)
    form = DeviceForm(posted(request))
    token = ""
    if form.is_valid():
        try:
            _device, token = issue_device(
                activity, actor=actor_of(request), name=form.cleaned_data["name"]
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            form = DeviceForm()
    context = {
        "activity": activity,
        "form": form,
        "token": token,
        "rows": DoorDevice.objects.of_activity(activity.pk),
        "rows_template": "volunteers/checkins/_devices.html",
        "columns": [
            {"label": _("Device")},
            {"label": _("By")},
            {"label": _("State")},
            {"label": _("What to do")},
        ],
        "empty": {
            "title": _("No device has a token of its own"),
            "text": _(
                "A scanner or a program at the door gets a token here. A tablet needs none: open"
                " the door on it and leave it there."
            ),
        },
    }
    status = 422 if form.errors else None
    return render(request, "volunteers/checkins/devices.html", context, status=status)


@acts("activities.write")
@require_POST
def revoke(request: HttpRequest, activity_id: int, device_id: int) -> HttpResponse:
    """Ends a device's token."""
    devices = DoorDevice.objects.of_activity(activity_id)
    device = get_object_or_404(devices, pk=device_id)
    revoke_device(device, actor=actor_of(request))
    messages.success(request, _("{name} scans no more.").format(name=device.name))
    return redirect("checkins:device-list", activity_id)
