"""The telephones of committees: found by everybody, entered by those who answer for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.pace import paced
from core.web.refusals import Refusal
from organizations.accounts.guards import acts, public
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from organizations.contacts.domain import set_contact
from organizations.contacts.forms import ContactForm
from organizations.contacts.summary import contacts_of

__all__ = ["edit_contact", "find_contact"]

_FOUND = 20
_UNPROCESSABLE = 422


@public("whom to call is for those who have no account, or cannot get into it")
@paced
@require_safe
def find_contact(request: HttpRequest) -> HttpResponse:
    """Committees called as typed, each with the telephone of its office or the nearest above."""
    typed = request.GET.get("q", "")[:50].replace("\0", "").strip()
    called = Committee.objects.existing_on(timezone.localdate()).called(typed).order_by("path")
    found = list(called[: _FOUND + 1])
    context = {"typed": typed, "found": contacts_of(found[:_FOUND]), "more": len(found) > _FOUND}
    return render(request, "organizations/contacts/find.html", context)


@acts("committees.contact")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact(request: HttpRequest, code: str) -> HttpResponse:
    """The telephone of a committee at or below the own one."""
    actor = actor_of(request)
    committee = get_object_or_404(Committee.objects.below(actor.scope.committee), code=code)
    initial = {"phone": committee.phone, "office_hours": committee.office_hours}
    form = ContactForm(posted(request), initial=initial)
    back_url = reverse("committees:committee-detail", args=[committee.code])
    if form.is_valid():
        try:
            set_contact(committee, actor=actor, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Whoever is told to ask reads this from now on."))
            return redirect(back_url)
    context = {
        "form": form,
        "committee": committee,
        "back_url": back_url,
        "title": _("Telephone of {name}").format(name=committee.name),
        "submit_label": _("Save the telephone"),
    }
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/tree/form.html", context, status=status)
