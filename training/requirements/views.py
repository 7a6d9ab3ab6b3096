"""Which courses an activity asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.forms import posted
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.queries import at_or_below
from training.courses.models import Course
from training.requirements.domain import ask_for_courses
from training.requirements.forms import RequirementForm
from training.requirements.models import Requirement
from volunteers.activities.models import Activity

__all__ = ["set_courses"]


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def set_courses(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Boxes for the courses that may be asked for."""
    own = Activity.objects.filter(at_or_below(actor_of(request).scope.committee))
    activity = get_object_or_404(own, pk=activity_id)
    asked = Requirement.objects.filter(activity=activity).values_list("course_id", flat=True)
    form = RequirementForm(posted(request), activity=activity, initial={"courses": list(asked)})
    if form.is_valid():
        courses: list[Course] = list(form.cleaned_data["courses"])
        ask_for_courses(activity, courses, actor=actor_of(request))
        messages.success(request, _("Saved. Who has signed up already keeps the place."))
        return redirect("activities:activity-detail", activity.pk)
    context = {"form": form, "activity": activity}
    status = 422 if form.errors else None
    return render(request, "training/requirements/form.html", context, status=status)
