"""A volunteer's learning: held, lapsing, to come, and what there is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from training.learning.summary import learning_of
from training.sessions.domain import enrol, withdraw_enrolment
from training.sessions.models import Enrolment, Session

__all__ = ["enrol_in", "show_learning", "withdraw"]


@acts("own.learn")
@require_safe
def show_learning(request: HttpRequest) -> HttpResponse:
    """The own way of learning on one page."""
    learning = learning_of(actor_of(request).scope.volunteer or 0)
    return render(request, "training/learning/home.html", {"learning": learning})


@acts("own.learn")
@require_POST
def enrol_in(request: HttpRequest, session_id: int) -> HttpResponse:
    """A place, the waiting list, or an approval to wait for."""
    session = get_object_or_404(Session.objects.select_related("course__after"), pk=session_id)
    try:
        made = enrol(session, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = _("{title}: {state}.")
        state = made.get_state_display()
        messages.success(request, said.format(title=session.course.title, state=state))
    return redirect("learning:own-learning")


@acts("own.learn")
@require_POST
def withdraw(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """Gives the place back."""
    mine = Enrolment.objects.of_person(actor_of(request).scope.volunteer)
    enrolment = get_object_or_404(mine, pk=enrolment_id)
    try:
        withdraw_enrolment(enrolment, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn: the place goes to the next who waits."))
    return redirect("learning:own-learning")
