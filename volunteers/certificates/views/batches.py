"""Issuing for many at once, and what became of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.jobs.models import Job
from core.web.forms import show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of, committee_in_reach
from volunteers.bulk.domain import Choice
from volunteers.certificates.domain import order_batch
from volunteers.certificates.domain.holders import holders_for_office
from volunteers.certificates.forms import BatchForm
from volunteers.certificates.models import Certificate
from volunteers.certificates.views.answers import pdf_answer
from volunteers.certificates.views.staff import listed
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import filters_in_words

__all__ = ["create_batch", "print_batch", "show_batch"]


@acts("certificates.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def create_batch(request: HttpRequest) -> HttpResponse:
    """Asks for the period of those ticked, or of all whom the list shows; leaves it to a job."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    committee = committee_in_reach(asked.get("committee", ""), actor=actor)
    choice = Choice.given(asked, below=committee.path)
    today = timezone.localdate()
    initial = {"first_on": today.replace(month=1, day=1), "last_on": today}
    form = BatchForm(request.POST if "step" in request.POST else None, initial=initial)
    if form.is_valid():
        try:
            job = order_batch(choice, form.choice(), actor=actor, nonce=form.cleaned_data["nonce"])
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("jobs:job-detail", job.pk)
    context = {
        "form": form,
        "committee": committee,
        "ticked": len(choice.numbers),
        "narrowed_by": "" if choice.numbers else filters_in_words(choice.asked),
        "carried": [*choice.carried(), ("committee", committee.code), ("step", "do")],
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/certificates/batch_create.html", context, status=status)


@acts("certificates.view")
@require_safe
def show_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What was issued together, and who had nothing to certify."""
    actor = actor_of(request)
    found = Certificate.objects.of_batch(batch)
    page = page_of(found.prefetch_related("committee"), request, as_entered=True)
    if not page.rows:
        raise Http404
    context = listed(page, actor)
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "batch": batch,
        "issued": found.count(),
        "first": page.rows[0],
        "left_out": _left_out(batch, actor.scope.user),
    }
    return render(request, "volunteers/certificates/batch.html", context)


@never_cache
@acts("certificates.view")
@require_safe
def print_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """All that stand of them in one file, numbers masked."""
    found = list(Certificate.objects.of_batch(batch).standing().prefetch_related("committee"))
    if not found:
        raise Http404
    called = f"{timezone.localtime(found[0].issued_at):%Y-%m-%d} {len(found)}"
    try:
        return pdf_answer(request, found, holder=holders_for_office(found), called=called)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("certificates:batch-detail", batch)


def _left_out(batch: UUID, user_id: int | None) -> list[Volunteer]:
    """For who asked: those chosen who had no confirmed service; empty for anybody else."""
    job = Job.objects.of_user(user_id).filter(nonce=batch).first()
    if job is None:
        return []
    issued = Certificate.objects.of_batch(batch).values("volunteer_id")
    chosen = Volunteer.objects.filter(pk__in=job.parameters["people"])
    return list(chosen.exclude(pk__in=issued).order_by("pk"))
