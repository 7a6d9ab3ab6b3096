"""Taking a list along: what it will hold, the job, and the file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.web.figures import COUNT_CAP, count_text
from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of, committee_in_reach
from organizations.committees.models import Committee
from volunteers.disclosure.models import Disclosure
from volunteers.exports.domain import opened_table, order_export, table_of
from volunteers.exports.forms import AskedForm, OrderForm
from volunteers.exports.models import Export, ExportForm, ExportKind
from volunteers.exports.summary import filters_text

__all__ = ["create_export", "download", "list_exports"]

_TYPES = {
    ExportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportForm.CSV: "text/csv; charset=utf-8",
}
_BACK = {
    ExportKind.VOLUNTEERS: "registry:volunteer-list",
    ExportKind.RECORDS: "hours:record-list",
    ExportKind.DISCLOSURES: "disclosure:disclosure-list",
    ExportKind.OPENED: "disclosure:disclosure-list",
}


@acts("exports.make")
@require_safe
def list_exports(request: HttpRequest) -> HttpResponse:
    """The own ones; who may see looks at identifiers also sees who else took lists along."""
    actor = actor_of(request)
    found = Export.objects.prefetch_related("committee", "disclosure")
    if not actor.may("volunteers.reveals.view"):
        found = found.of_user(actor.scope.user)
    page = page_of(found, request)
    context = {
        "rows": [(export, filters_text(export.kind, export.asked)) for export in page.rows],
        "rows_template": "volunteers/exports/_rows.html",
        "next_url": page.next_url,
        "columns": [
            {"label": _("What")},
            {"label": _("Committee")},
            {"label": _("Narrowed by")},
            {"label": _("Rows"), "numeric": True},
            {"label": _("By")},
            {"label": _("When")},
            {"label": _("File")},
        ],
        "empty": {
            "title": _("No list has been exported yet"),
            "text": _("Narrow a list of volunteers or records, then choose “Export”."),
            "actions": [{"label": _("Volunteers"), "url": reverse("registry:volunteer-list")}],
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/exports/list.html"
    return render(request, name, context)


@acts("exports.make")
@require_http_methods(["GET", "HEAD", "POST"])
def create_export(request: HttpRequest) -> HttpResponse:
    """Says what the file will hold, and leaves it to a job."""
    actor = actor_of(request)
    query = AskedForm({**request.GET.dict(), **request.POST.dict()})
    kind = query.which()
    if kind is None:
        raise Http404(_("No list of that kind is exported."))
    if kind == ExportKind.DISCLOSURES:
        actor.must("volunteers.reveals.view")
    asked = query.asked()
    disclosure = _disclosure(actor, query) if kind == ExportKind.OPENED else None
    committee = committee_in_reach(query.cleaned_data.get("committee") or "", actor=actor)
    form = OrderForm(posted(request))
    if form.is_valid():
        try:
            export = order_export(
                actor=actor,
                kind=kind,
                form=ExportForm(form.cleaned_data["form"]),
                committee=committee,
                asked=asked,
                reason=form.cleaned_data["reason"],
                nonce=form.cleaned_data["nonce"],
                disclosure=disclosure,
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("jobs:job-detail", export.job_id)
    if disclosure is not None:
        table = opened_table(disclosure, actor=actor)
    else:
        table = table_of(kind, asked, below=committee.path, reach=actor.scope.committee)
    context = {
        "form": form,
        "kind": kind,
        "committee": committee,
        "narrowed_by": disclosure.title if disclosure else filters_text(kind, asked),
        "disclosure": disclosure,
        "ask_url": _ask_url(actor, kind, committee, asked),
        "columns": [column.title for column in table.columns],
        "count": count_text(table.count(cap=COUNT_CAP), cap=COUNT_CAP),
        "back_url": reverse(_BACK[kind]),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/exports/create.html", context, status=status)


@never_cache
@acts("exports.make")
@require_safe
def download(request: HttpRequest, export_id: int) -> HttpResponse:
    """The file, to who asked for it and while it is kept; to anybody else there is none."""
    own = Export.objects.of_user(actor_of(request).scope.user).kept(timezone.now())
    export = get_object_or_404(own.select_related("committee", "disclosure"), pk=export_id)
    if not export.is_kept:
        raise Http404(_("This file is no longer kept."))
    with default_storage.open(export.file) as file:
        content = file.read()
    answer = HttpResponse(content, content_type=_TYPES[ExportForm(export.form)])
    day = timezone.localtime(export.created_at)
    name = f"{export.get_kind_display()} {export.committee.name} {day:%Y-%m-%d}.{export.form}"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _disclosure(actor: Actor, query: AskedForm) -> Disclosure:
    """The actor's own access whose data are to be taken along; 404 for any other."""
    actor.must("volunteers.reveal")
    own = Disclosure.objects.of_user(actor.scope.user)
    return get_object_or_404(own, pk=query.cleaned_data.get("disclosure"))


def _ask_url(actor: Actor, kind: ExportKind, committee: Committee, asked: dict[str, str]) -> str:
    """Where the full data of this list are asked for; empty where one may not."""
    if kind != ExportKind.VOLUNTEERS or not actor.may("volunteers.reveal"):
        return ""
    query = urlencode({**asked, "committee": committee.code})
    return f"{reverse('disclosure:disclosure-of-list')}?{query}"
