"""What a person does with the own data inside the own scope: look, copy, ask for correction."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts, asks_password
from organizations.accounts.scopes import actor_of
from volunteers.privacy.domain.exporting import ask_export, own_value
from volunteers.privacy.domain.requests import ask_data_correction
from volunteers.privacy.forms import CopyForm, CorrectionForm
from volunteers.privacy.models import DataExport
from volunteers.privacy.summary import looks_at_the_person
from volunteers.registry.models import RevealField, Volunteer

__all__ = ["ask_copy", "ask_correction", "fetch_copy", "list_looks", "show_value"]

_UNPROCESSABLE = 422
_LOOKS_SHOWN = 500
_TYPES = {"json": "application/json", "pdf": "application/pdf"}


@acts("own.view")
@require_safe
def list_looks(request: HttpRequest) -> HttpResponse:
    """Who saw the data, was let see them, or took them along on a list; the newest."""
    context = {"looks": looks_at_the_person(_LOOKS_SHOWN), "looks_shown": _LOOKS_SHOWN}
    return render(request, "volunteers/privacy/looks.html", context)


@acts("own.view")
@never_cache
@require_safe
@asks_password
def show_value(request: HttpRequest, field: str) -> HttpResponse:
    """One of the own identifiers in full, after the password has been asked for again."""
    asked = RevealField(field)
    context = {"label": asked.label, "value": own_value(actor_of(request).scope.volunteer, asked)}
    return render(request, "volunteers/privacy/value.html", context)


@acts("own.view")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_password
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Has a copy of everything made; leads to the job's page."""
    form = CopyForm(posted(request))
    if form.is_valid():
        job = ask_export(actor=actor_of(request), nonce=form.cleaned_data["nonce"])
        return redirect(job.url)
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/privacy/copy.html", {"form": form}, status=status)


@acts("own.view")
@never_cache
@require_safe
@asks_password
def fetch_copy(request: HttpRequest, export_id: UUID, form: str) -> HttpResponse:
    """A file of the own copy; nobody else's is there, and none after its time."""
    current = DataExport.objects.filter(expires_at__gt=timezone.now())
    export = get_object_or_404(current, pk=export_id)
    name = {"json": export.json_file, "pdf": export.pdf_file}[form]
    if not name:
        raise Http404
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type=_TYPES[form])
    response["Content-Disposition"] = (
        f'attachment; filename="my-data-{export.made_at:%Y%m%d}.{form}"'
    )
    return response


@acts("own.view")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_correction(request: HttpRequest) -> HttpResponse:
    """Tells the committee what is wrong about the entry."""
    form = CorrectionForm(posted(request))
    if form.is_valid():
        actor = actor_of(request)
        volunteer = get_object_or_404(Volunteer, pk=actor.scope.volunteer)
        try:
            ask_data_correction(volunteer, message=form.cleaned_data["message"], actor=actor)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("The committee has been told and will answer here."))
            return redirect("own:profile")
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/privacy/correction.html", {"form": form}, status=status)
