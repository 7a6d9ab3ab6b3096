"""Writing and publishing courses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from training.courses import domain
from training.courses.forms import CourseForm
from training.courses.models import Course

__all__ = ["create", "edit", "publish", "withdraw"]

_UNPROCESSABLE = 422


@acts("training.write")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A draft of the own committee."""
    actor = actor_of(request)
    form = CourseForm(posted(request), path=actor.scope.committee, course=None)
    if form.is_valid():
        course = domain.write_course(form.facts, actor=actor)
        return redirect("sessions:course-detail", course.pk)
    return _form_page(request, form, None)


@acts("training.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, course_id: int) -> HttpResponse:
    """Writes a draft anew."""
    actor, course = actor_of(request), _own(request, course_id)
    names = [name for name in CourseForm.base_fields if name != "hours"]
    initial = {name: getattr(course, name) for name in names} | {"hours": course.minutes / 60}
    form = CourseForm(posted(request), path=actor.scope.committee, course=course, initial=initial)
    if form.is_valid():
        try:
            domain.edit_course(course, form.facts, actor=actor)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("sessions:course-detail", course.pk)
    return _form_page(request, form, course)


@acts("training.publish")
@require_POST
def publish(request: HttpRequest, course_id: int) -> HttpResponse:
    """All below may hold sessions of it."""
    course = _own(request, course_id)
    try:
        domain.publish_course(course, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Published: committees below may hold sessions of it."))
    return redirect("sessions:course-detail", course.pk)


@acts("training.publish")
@require_POST
def withdraw(request: HttpRequest, course_id: int) -> HttpResponse:
    """No new session of it."""
    course = _own(request, course_id)
    try:
        domain.withdraw_course(course, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn: whoever has completed it keeps it."))
    return redirect("sessions:course-detail", course.pk)


def _own(request: HttpRequest, course_id: int) -> Course:
    return get_object_or_404(Course.objects.below(actor_of(request).scope.committee), pk=course_id)


def _form_page(request: HttpRequest, form: CourseForm, course: Course | None) -> HttpResponse:
    status = _UNPROCESSABLE if form.errors else None
    context = {"form": form, "course": course}
    return render(request, "training/courses/form.html", context, status=status)
