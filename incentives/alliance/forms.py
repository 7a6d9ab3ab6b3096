"""What merchants, branches and offers are described with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.geo.fields import PointField
from core.geo.points import columns_of
from core.web.inputs import WEEKDAYS, day_input
from incentives.merchants.domain import BranchFacts, MerchantFacts
from incentives.merchants.models import Category
from incentives.offers.domain import OfferFacts
from incentives.offers.models import MOST_STARS, OfferKind

__all__ = ["BranchForm", "MerchantForm", "OfferForm"]

_MOST = 1_000_000
_MOST_OF_A_PERSON = 1_000


def _limit(label: Any, most: int = _MOST_OF_A_PERSON) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False)


class MerchantForm(forms.Form):
    """Who the merchant is and how long the agreement holds."""

    name = forms.CharField(label=_("Name of the merchant"), max_length=80)
    category = forms.ChoiceField(label=_("Category"), choices=Category)
    licence = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        help_text=_("18 letters and digits, from the licence."),
    )
    contact_person = forms.CharField(label=_("Contact person"), max_length=50)
    contact_phone = forms.CharField(
        label=_("Telephone"), max_length=20, widget=forms.TextInput(attrs={"type": "tel"})
    )
    agreement = forms.CharField(label=_("Number of the agreement"), max_length=40, required=False)
    agreed_from = forms.DateField(label=_("Agreement from"), widget=day_input())
    agreed_until = forms.DateField(label=_("Agreement until"), widget=day_input())

    @property
    def facts(self) -> MerchantFacts:
        """What was typed, once it is valid."""
        return MerchantFacts(**self.cleaned_data)


class BranchForm(forms.Form):
    """Where a branch is."""

    name = forms.CharField(label=_("Name of the branch"), max_length=80)
    address = forms.CharField(label=_("Address"), max_length=200)
    phone = forms.CharField(
        label=_("Telephone (public)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    point = PointField()

    @property
    def facts(self) -> BranchFacts:
        """What was typed, once it is valid."""
        given = dict(self.cleaned_data)
        given |= columns_of(given.pop("point"))
        return BranchFacts(**given)


class OfferForm(forms.Form):
    """What is granted, to whom, and how often."""

    title = forms.CharField(
        label=_("What is granted"), max_length=80, help_text=_("As volunteers read it first.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OfferKind)
    terms = forms.CharField(
        label=_("Conditions"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    min_stars = forms.TypedChoiceField(
        label=_("Stars needed"),
        coerce=int,
        choices=[
            (number, str(number) if number else _("none")) for number in range(MOST_STARS + 1)
        ],
        initial=0,
    )
    min_hours = forms.DecimalField(
        label=_("Hours needed this year"),
        min_value=0,
        max_value=8000,
        decimal_places=1,
        required=False,
    )
    starts_on = forms.DateField(label=_("From"), widget=day_input())
    ends_on = forms.DateField(label=_("Until (included)"), widget=day_input())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Only on these days"),
        choices=list(enumerate(WEEKDAYS, start=1)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every day."),
    )
    per_day = _limit(_("Times a day for one person"))
    per_month = _limit(_("Times a month for one person"))
    per_person = _limit(_("Times in all for one person"))
    stock = _limit(_("Times in all for everybody together"), _MOST)

    @property
    def facts(self) -> OfferFacts:
        """What was typed, once it is valid."""
        given = dict(self.cleaned_data)
        hours = given.pop("min_hours")
        return OfferFacts(min_minutes=int((hours or 0) * 60), **given)
