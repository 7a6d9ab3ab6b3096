"""Taking up the link to a counter: an account of its own, once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.tenancy.scope import Scope, acting_as
from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from incentives.cashiers.domain import accept_counter
from organizations.accounts.fields import JoinForm
from organizations.accounts.guards import public
from organizations.accounts.scopes import token_digest
from organizations.cashiers.models import Cashier

__all__ = ["accept"]

_UNPROCESSABLE = 422
_GONE = 410
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_SCOPE = Scope.for_job("counter")


@public("the link is the permission: it was handed to one person")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Name, login name and password for the counter; whoever is signed in signs out first."""
    open_ones = Cashier.objects.open_at(timezone.now())
    cashier = open_ones.filter(token_digest=token_digest(token)).first()
    if cashier is None:
        return render(request, "organizations/accounts/link_gone.html", status=_GONE)
    form = JoinForm(posted(request), initial={"name": cashier.name})
    context = {"cashier": cashier, "form": form, "account": request.user}
    if request.user.is_authenticated:
        return render(request, "incentives/cashiers/accept.html", context)
    if form.is_valid():
        try:
            with acting_as(_SCOPE):
                user = accept_counter(token=token, **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user, backend=_BACKEND)
            said = _("Welcome to the counter of {merchant}.")
            messages.success(request, said.format(merchant=cashier.merchant_name))
            return redirect("/")
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "incentives/cashiers/accept.html", context, status=status)
