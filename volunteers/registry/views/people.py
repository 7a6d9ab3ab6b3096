"""One person's entry: registering, reading, changing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.registry.domain import (
    AlreadyRegistered,
    amend_volunteer,
    change_guardian,
    correct_document,
    pause_volunteer,
    reactivate_volunteer,
    register_volunteer,
    withdraw_volunteer,
)
from volunteers.registry.forms import AmendForm, DocumentForm, GuardianForm, RegisterForm
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.registry.summary import (
    abilities_of,
    annual_minimum,
    changes_of,
    hours_by_year,
    last_change_of_state,
    served_this_year,
)
from volunteers.registry.views.common import (
    STATE_TONES,
    UNPROCESSABLE,
    page_of_volunteer,
    volunteer_of,
)
from volunteers.registry.views.looks import identifiers_of

__all__ = [
    "amend",
    "change_state",
    "correct_paper",
    "create_volunteer",
    "entrust",
    "show_volunteer",
]

_LOOKS_SHOWN = 50
_PASSPORT = "passport"
_STATE_VERBS: dict[str, Callable[..., Volunteer]] = {
    "pause": pause_volunteer,
    "withdraw": withdraw_volunteer,
    "reactivate": reactivate_volunteer,
}


@acts("volunteers.view")
@require_safe
def show_volunteer(request: HttpRequest, number: str) -> HttpResponse:
    """Who it is, hours, looks and history; identifiers as masks."""
    actor = actor_of(request)
    volunteer = volunteer_of(request, number)
    years = hours_by_year(volunteer)
    changes = changes_of(volunteer)
    may_edit = actor.may("volunteers.edit")
    may_see_looks = actor.may("volunteers.reveals.view")
    context = {
        "volunteer": volunteer,
        "state_tone": STATE_TONES[VolunteerState(volunteer.state)],
        "identifiers": identifiers_of(volunteer, actor),
        "years": years,
        "minutes": sum(year.minutes for year in years),
        "changes": changes,
        "looks": list(volunteer.reveals.all()[:_LOOKS_SHOWN]) if may_see_looks else None,
        "abilities": abilities_of(volunteer),
        "annual": annual_minimum(volunteer.committee_id, served=served_this_year(years)),
        "state_change": last_change_of_state(changes),
        "edit_url": reverse("registry:volunteer-abilities", args=[volunteer.number])
        if may_edit
        else "",
        "may_ask_all": actor.may("volunteers.reveal"),
        "may_edit": may_edit and volunteer.state != VolunteerState.WITHDRAWN,
        "may_merge": actor.may("volunteers.merge"),
        "may_transfer": actor.may("volunteers.transfer")
        and volunteer.state != VolunteerState.WITHDRAWN,
        "state_dialogs": _state_dialogs(volunteer) if may_edit else [],
    }
    return render(request, "volunteers/registry/detail.html", context)


@acts("volunteers.register")
@require_http_methods(["GET", "HEAD", "POST"])
def create_volunteer(request: HttpRequest) -> HttpResponse:
    """Registers one person; ``document=passport`` asks for what a passport does not say."""
    actor = actor_of(request)
    passport = request.GET.get("document") == _PASSPORT
    form = RegisterForm(request.POST or None, actor=actor, passport=passport)
    context: dict[str, Any] = {"form": form, "passport": passport}
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = register_volunteer(
                actor=actor,
                committee=given["committee"],
                document=form.document(),
                name=given["name"],
                phone=given["phone"],
                consent=form.consent(),
                registered_on=given["registered_on"],
                political_status=given["political_status"],
                skills=given["skills"],
                guardian=form.guardian(),
                nonce=given["nonce"],
            )
        except Refusal as refused:
            show_refusal(form, refused)
            if isinstance(refused, AlreadyRegistered):
                context["known"] = refused.volunteer
                context["elsewhere"] = refused.volunteer is None
        else:
            said = _("{name} is registered; portal number {number}.")
            messages.success(request, said.format(name=made.name, number=made.number))
            return page_of_volunteer(made)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/registry/register.html", context, status=status)


@acts("volunteers.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, number: str) -> HttpResponse:
    """Name, township, status, skills, telephone."""
    actor, volunteer = actor_of(request), volunteer_of(request, number)
    form = AmendForm(request.POST or None, actor=actor, volunteer=volunteer)

    def change() -> Volunteer:
        return amend_volunteer(volunteer, actor=actor, **form.cleaned_data)

    return _changed(
        request, volunteer, form, change, title=_("Change the entry"), submit=_("Save the changes")
    )


@acts("volunteers.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Another document, or the right number of the same."""
    actor, volunteer = actor_of(request), volunteer_of(request, number)
    passport = request.GET.get("document") == _PASSPORT
    form = DocumentForm(request.POST or None, passport=passport)

    def change() -> Volunteer:
        return correct_document(
            volunteer, actor=actor, document=form.document(), reason=form.cleaned_data["reason"]
        )

    return _changed(
        request,
        volunteer,
        form,
        change,
        title=_("Correct the identity document"),
        submit=_("Save this document"),
    )


@acts("volunteers.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def entrust(request: HttpRequest, number: str) -> HttpResponse:
    """The guardian of a minor."""
    actor, volunteer = actor_of(request), volunteer_of(request, number)
    form = GuardianForm(
        request.POST or None,
        initial={
            "guardian_name": volunteer.guardian_name,
            "guardian_consent_on": volunteer.guardian_consent_on,
        },
    )

    def change() -> Volunteer:
        return change_guardian(
            volunteer, actor=actor, guardian=form.guardian(), reason=form.cleaned_data["reason"]
        )

    return _changed(
        request,
        volunteer,
        form,
        change,
        title=_("Change the guardian"),
        submit=_("Save this guardian"),
    )


@acts("volunteers.edit")
@require_POST
def change_state(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Pauses, withdraws or takes up again, with the reason of the dialog."""
    volunteer = volunteer_of(request, number)
    given = {"back_on": parse_date(request.POST.get("back_on", ""))} if verb == "pause" else {}
    try:
        changed = _STATE_VERBS[verb](
            volunteer, actor=actor_of(request), reason=request.POST.get("reason", ""), **given
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = _("{name} is “{state}” from now on.")
        messages.success(request, said.format(name=changed.name, state=changed.get_state_display()))
    return page_of_volunteer(volunteer)


def _changed(
    request: HttpRequest,
    volunteer: Volunteer,
    form: Form,
    change: Callable[[], Volunteer],
    *,
    title: str,
    submit: str,
) -> HttpResponse:
    """Runs ``change`` once the form is valid; else shows the form, with what was typed."""
    known = None
    if form.is_valid():
        try:
            change()
        except Refusal as refused:
            show_refusal(form, refused)
            known = getattr(refused, "volunteer", None)
        else:
            messages.success(request, _("Saved. What stood before is kept in the history."))
            return page_of_volunteer(volunteer)
    context = {
        "volunteer": volunteer,
        "form": form,
        "known": known,
        "title": title,
        "submit_label": submit,
        "cancel_url": reverse("registry:volunteer-detail", args=[volunteer.number]),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/registry/change.html", context, status=status)


def _state_dialogs(volunteer: Volunteer) -> list[dict[str, Any]]:
    """What may be done with the present state; each opens a dialog that asks for a reason."""
    pause = {
        **_dialog(volunteer, "pause", _("Pause"), _("Hours can still be entered.")),
        "extra_template": "volunteers/registry/_back_on.html",
    }
    withdraw = _dialog(
        volunteer,
        "withdraw",
        _("Record the withdrawal"),
        _("No more hours are entered; what was served stays on record."),
    )
    back = _dialog(volunteer, "reactivate", _("Take up again"), "")
    return {
        VolunteerState.ACTIVE: [pause, {**withdraw, "danger": True}],
        VolunteerState.PAUSED: [back, {**withdraw, "danger": True}],
        VolunteerState.WITHDRAWN: [back],
        VolunteerState.MERGED: [],
        VolunteerState.ERASED: [],
    }[VolunteerState(volunteer.state)]


def _reasons_of(verb: str) -> list[str]:
    """The usual reasons, to begin with; what is written in the end is kept."""
    return {
        "pause": [
            _("Away for study or work"),
            _("Health"),
            _("Family"),
            _("Preparing for examinations"),
            _("At the person's own wish"),
        ],
        "withdraw": [
            _("At the person's own wish"),
            _("Moved out of the province"),
            _("Cannot be reached any more"),
            _("Registered without knowing it"),
            _("Deceased"),
        ],
        "reactivate": [
            _("Back from study or work"),
            _("Well again"),
            _("At the person's own wish"),
        ],
    }[verb]


def _dialog(volunteer: Volunteer, verb: str, label: str, text: str) -> dict[str, Any]:
    return {
        "id": f"state-{verb}",
        "title": f"{label} · {volunteer.name}",
        "text": text,
        "action": reverse("registry:volunteer-state", args=[volunteer.number, verb]),
        "submit_label": label,
        "reasons": _reasons_of(verb),
    }
