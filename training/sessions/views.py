"""Courses with their sessions for the office: planning, those enrolled, results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import RefusedReason, posted, show_refusal
from core.web.keyset import id_from, is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from training.courses.models import Course
from training.sessions import domain
from training.sessions.forms import AssignForm, SessionForm
from training.sessions.models import Enrolment, EnrolmentState, Session

__all__ = [
    "answer",
    "assign",
    "cancel",
    "list_courses",
    "plan",
    "show_course",
    "show_session",
    "write_result",
]

_UNPROCESSABLE = 422
_SESSIONS_SHOWN = 50


@acts("training.view")
@require_safe
def list_courses(request: HttpRequest) -> HttpResponse:
    """The own committee's courses, those below it, and what committees above have published."""
    actor = actor_of(request)
    page = page_of(Course.objects.select_related("committee"), request)
    context = {
        "rows": page.rows,
        "rows_template": "training/sessions/_course_rows.html",
        "next_url": page.next_url,
        "may_write": actor.may("training.write"),
        "columns": [
            {"label": _("Course")},
            {"label": _("Tier")},
            {"label": _("Hours of teaching"), "numeric": True},
            {"label": _("Committee")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("No course here yet."),
            "text": _("Write one, or wait for those of the committees above."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "training/sessions/list.html"
    return render(request, name, context)


@acts("training.view")
@require_safe
def show_course(request: HttpRequest, course_id: int) -> HttpResponse:
    """What is taught, and the sessions below the own committee, the latest first."""
    actor = actor_of(request)
    courses = Course.objects.select_related("committee", "after")
    course = get_object_or_404(courses, pk=course_id)
    sessions = Session.objects.below(actor.scope.committee).filter(course=course)
    is_own = actor.committee is not None and actor.committee.contains(course.committee_id)
    context = {
        "course": course,
        "sessions": sessions.select_related("committee")
        .counted()
        .order_by("-starts_at")[:_SESSIONS_SHOWN],
        "may_write": actor.may("training.write"),
        "may_change": is_own and actor.may("training.write"),
        "may_publish": is_own and actor.may("training.publish"),
    }
    return render(request, "training/sessions/course.html", context)


@acts("training.write")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, course_id: int) -> HttpResponse:
    """A session of the own committee."""
    course = get_object_or_404(Course, pk=course_id)
    form = SessionForm(posted(request))
    if form.is_valid():
        try:
            session = domain.plan_session(course, form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Planned: volunteers below your committee see it."))
            return redirect("sessions:session-detail", session.pk)
    context = {"form": form, "course": course}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "training/sessions/form.html", context, status=status)


@acts("training.view")
@require_safe
def show_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Who is enrolled, in the order of the line, and what became of them."""
    return _session_page(request, _session(request, session_id))


@acts("training.write")
@require_POST
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    """Tells those enrolled why."""
    session, reason = _session(request, session_id), request.POST.get("reason", "")
    try:
        domain.cancel_session(session, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        return _session_page(
            request, session, refused=RefusedReason("cancel", reason, str(refused))
        )
    messages.success(request, _("Cancelled: those enrolled read why."))
    return redirect("sessions:session-detail", session.pk)


@acts("training.write")
@require_POST
def assign(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sends volunteers of the own registry: all of them or nobody."""
    session, form = _session(request, session_id), AssignForm(request.POST)
    if form.is_valid():
        try:
            made = domain.assign_people(session, form.given, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            said = ngettext("{n} person enrolled.", "{n} people enrolled.", len(made))
            messages.success(request, said.format(n=len(made)))
            return redirect("sessions:session-detail", session.pk)
    return _session_page(request, session, form=form)


@acts("training.write")
@require_POST
def write_result(request: HttpRequest, session_id: int) -> HttpResponse:
    """Completed, not passed or absent, for those who are ticked."""
    session = _session(request, session_id)
    result = request.GET.get("result", "")
    chosen = [id_from(each) or 0 for each in request.POST.getlist("selected")]
    try:
        if result not in domain.RESULTS:
            raise Refusal(_("Choose what became of them."), code="result")
        state = EnrolmentState(result)
        written = domain.write_results(session, chosen, actor=actor_of(request), result=state)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("{n} person: {result}.", "{n} people: {result}.", written)
        messages.success(request, said.format(n=written, result=state.label))
    return redirect("sessions:session-detail", session.pk)


@acts("training.write")
@require_POST
def answer(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Gives who asked a place, or refuses with a reason."""
    own = Enrolment.objects.filter(
        session__in=Session.objects.below(actor_of(request).scope.committee)
    )
    enrolment = get_object_or_404(own.select_related("session"), pk=enrolment_id)
    reason, agrees = request.POST.get("reason", ""), request.POST.get("agrees") == "yes"
    try:
        answered = domain.answer_enrolment(
            enrolment, actor=actor_of(request), agrees=agrees, reason=reason
        )
    except Refusal as refused:
        told = RefusedReason(enrolment.pk, reason, str(refused))
        return _session_page(request, _session(request, enrolment.session_id), refused=told)
    said = _("{name}: {state}.")
    state = answered.get_state_display()
    messages.success(request, said.format(name=answered.volunteer_name, state=state))
    return redirect("sessions:session-detail", enrolment.session_id)


def _session(request: HttpRequest, session_id: int) -> Session:
    own = Session.objects.below(actor_of(request).scope.committee)
    return get_object_or_404(own.select_related("course__after", "committee"), pk=session_id)


def _session_page(
    request: HttpRequest,
    session: Session,
    *,
    form: AssignForm | None = None,
    refused: RefusedReason | None = None,
) -> HttpResponse:
    may_write = actor_of(request).may("training.write")
    page = page_of(Enrolment.objects.filter(session=session), request, as_entered=True, size=200)
    asked = Enrolment.objects.filter(session=session, state=EnrolmentState.ASKED).order_by("pk")
    context: dict[str, Any] = {
        "session": session,
        "rows": page.rows,
        "rows_template": "training/sessions/_enrolment_rows.html",
        "next_url": page.next_url,
        "asked": asked[:_SESSIONS_SHOWN] if may_write else [],
        "form": form or AssignForm(),
        "refused": refused,
        "may_write": may_write,
        "selectable": may_write and session.has_begun,
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("Portal number")},
            {"label": _("State")},
            {"label": _("Valid until")},
        ],
        "empty": {
            "title": _("Nobody is enrolled yet."),
            "text": _("Volunteers find the session under “Learning”, or you enrol them here."),
        },
        "actions": _actions(session),
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    status = _UNPROCESSABLE if refused or (form and form.errors) else None
    return render(request, "training/sessions/session.html", context, status=status)


def _actions(session: Session) -> list[dict[str, Any]]:
    address = reverse("sessions:result-write", args=[session.pk])
    labels = (_("{n} have completed it"), _("{n} have not passed"), _("{n} were absent"))
    return [
        {"label": label, "url": f"{address}?result={result}", "primary": result == "completed"}
        for label, result in zip(labels, domain.RESULTS, strict=True)
    ]
