"""Forms of organisations."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.inputs import day_input
from organizations.accounts.actors import Actor
from organizations.committees.fields import CommitteeField
from organizations.ledger.models import OrganizationKind

__all__ = ["AmendForm", "DayForm", "LedgerFilters", "RegisterForm"]

_YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]


def _yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


class AmendForm(forms.Form):
    """An organisation's facts."""

    name = forms.CharField(label=_("Organisation's name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind)
    founded_on = forms.DateField(label=_("Founded on"), widget=day_input(), required=False)
    registered_with_civil_affairs = forms.TypedChoiceField(
        label=_("Registered with civil affairs"),
        choices=_YES_NO,
        coerce=_yes_no,
        empty_value=None,
        required=False,
    )
    responsible_person = forms.CharField(
        label=_("Responsible person"), max_length=50, required=False
    )
    reported_volunteers = forms.IntegerField(
        label=_("Volunteers reported"), min_value=0, max_value=2_147_483_647, required=False
    )
    notes = forms.CharField(
        label=_("Notes"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RegisterForm(AmendForm):
    """A new organisation of a committee."""

    committee = CommitteeField(label=_("Committee"))

    field_order = ["committee", "name", "kind"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CommitteeField", self.fields["committee"]).offer(actor.scope.committee)


class DayForm(forms.Form):
    """The day from which something holds."""

    on = forms.DateField(label=_("On"), widget=day_input(), initial=timezone.localdate)


class LedgerFilters(forms.Form):
    """How the ledger is narrowed."""

    committee = CommitteeField(required=False)
    kind = forms.ChoiceField(choices=OrganizationKind, required=False)
    show = forms.ChoiceField(
        choices=[("standardised", ""), ("open", ""), ("without", ""), ("closed", "")],
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CommitteeField", self.fields["committee"]).offer(actor.scope.committee)
