"""The pages of imports: a file arrives, is checked, brought in, and what was refused is mended."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from core.web.keyset import id_from, is_next_page
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.imports.domain import (
    choose_columns,
    kind_of_header,
    order_import,
    read_as,
    settle_import,
    upload_workbook,
)
from volunteers.imports.forms import ColumnsForm, UploadForm
from volunteers.imports.models import ImportKind, ImportRun, Stage
from volunteers.imports.queries import RunQuerySet
from volunteers.imports.views.pages import import_page, list_page

__all__ = [
    "ask_columns",
    "create_import",
    "download_refused",
    "list_imports",
    "settle",
    "show_import",
    "take",
]

_LIST = "volunteers/imports/list.html"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@acts("imports.view")
@require_safe
def list_imports(request: HttpRequest) -> HttpResponse:
    """Those with rows to mend first; ``before`` is the id that the next page continues from."""
    template = "components/list.html#page" if is_next_page(request) else _LIST
    return render(request, template, list_page(_runs(request), request))


@acts("imports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def create_import(request: HttpRequest) -> HttpResponse:
    """Chooses kind and file; ``mends`` is the import whose refused rows come again."""
    actor = actor_of(request)
    if request.method != "POST":
        kind = request.GET.get("kind", ImportKind.HOURS)
        initial = {
            "kind": kind,
            "committee": actor.committee,
            "mends": request.GET.get("mends"),
        }
        return _upload_page(request, UploadForm(actor=actor, initial=initial))
    form = UploadForm(request.POST, request.FILES, actor=actor)
    if not form.is_valid():
        return _upload_page(request, form)
    chosen = form.cleaned_data
    mends = _runs(request).filter(pk=chosen["mends"]).first() if chosen["mends"] else None
    try:
        run = upload_workbook(
            chosen["file"],
            kind=ImportKind(chosen["kind"]),
            committee=chosen["committee"],
            actor=actor,
            nonce=chosen["nonce"],
            mends=mends,
        )
    except Refusal as said:
        form.add_error(said.field or None, str(said))
        return _upload_page(request, form)
    return redirect(_address(run))


@acts("imports.view")
@require_safe
def show_import(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far the import is, or its result; while a job runs the page asks until it has ended."""
    run = _run(request, run_id)
    after = id_from(request.GET.get("after"))
    page = import_page(run, field=request.GET.get("field", ""), after=after)
    if "watch" in request.GET:
        return HttpResponse(status=204) if page["working"] else HttpResponseClientRefresh()
    if run.stage == Stage.COLUMNS and not page["working"]:
        return redirect("imports:run-columns", run.pk)
    if "HX-Request" in request.headers and after is not None:
        return render(request, "components/list.html#page", page)
    return render(request, "volunteers/imports/detail.html", page)


@acts("imports.view")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_columns(request: HttpRequest, run_id: int) -> HttpResponse:
    """Corrects which column is which, or what the file holds."""
    run = _run(request, run_id)
    if run.stage == Stage.DONE or not run.outline:
        return redirect(_address(run))
    actor = actor_of(request)
    fitting = kind_of_header(run.outline["header"], actor=actor)
    other = fitting if run.stage == Stage.COLUMNS and fitting != run.kind else None
    if "read_as" in request.POST and other:
        return _read_as(request, run, other)
    form = ColumnsForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(
                run,
                mapping={} if form.moved() else form.mapping(),
                sheet=form.cleaned_data.get("sheet") or None,
                header_row=form.cleaned_data["header_row"],
                actor=actor,
            )
        except Refusal as said:
            form.add_error(None, str(said))
        else:
            return redirect(_address(run))
    page = {"run": run, "form": form, "other": other}
    return render(request, "volunteers/imports/columns.html", page)


@acts("imports.view")
@require_POST
def take(request: HttpRequest, run_id: int) -> HttpResponse:
    """Brings a checked file in."""
    run = _run(request, run_id)
    declared = "consent_declared" in request.POST
    try:
        order_import(run, actor=actor_of(request), consent_declared=declared)
    except Refusal as said:
        messages.error(request, str(said))
    return redirect(_address(run))


@acts("imports.view")
@require_POST
def settle(request: HttpRequest, run_id: int) -> HttpResponse:
    """Puts the refused rows aside."""
    run = settle_import(_run(request, run_id), actor=actor_of(request))
    text = _("“{file}” is no longer listed among what has to be mended.")
    messages.success(request, text.format(file=run.file_name))
    return redirect("imports:run-list")


@acts("imports.view")
@require_safe
def download_refused(request: HttpRequest, run_id: int) -> HttpResponse:
    """The workbook of refused rows, with a reason beside each."""
    run = _run(request, run_id)
    if not run.refused_file:
        messages.info(request, _("The workbook of refused rows is no longer kept."))
        return redirect(_address(run))
    with default_storage.open(run.refused_file) as file:
        content = file.read()
    stem = run.file_name.rpartition(".")[0] or run.file_name
    name = _("{file} - refused rows.xlsx").format(file=stem)
    answer = HttpResponse(content, content_type=_XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _read_as(request: HttpRequest, run: ImportRun, kind: ImportKind) -> HttpResponse:
    try:
        read_as(run, kind, actor=actor_of(request))
    except Refusal as said:
        messages.error(request, str(said))
    return redirect(_address(run))


def _upload_page(request: HttpRequest, form: UploadForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "volunteers/imports/create.html", {"form": form}, status=status)


def _runs(request: HttpRequest) -> RunQuerySet:
    path = actor_of(request).scope.committee
    return ImportRun.objects.below(path).with_committee()


def _run(request: HttpRequest, run_id: int) -> ImportRun:
    return get_object_or_404(_runs(request), pk=run_id)


def _address(run: ImportRun) -> str:
    return reverse("imports:run-detail", args=[run.pk])
