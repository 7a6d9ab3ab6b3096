"""What a spot check is drawn with, and what is said about a record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from core.web.inputs import day_input
from organizations.committees.fields import CommitteeField
from volunteers.spotchecks.models import Finding

__all__ = ["DrawForm", "JudgementForm"]


class DrawForm(forms.Form):
    """Whose records of which days, and how many."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    scope = CommitteeField(label=gettext_lazy("Records of"))
    first_day = forms.DateField(
        label=gettext_lazy("Served from"),
        widget=day_input(),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Served until"),
        widget=day_input(),
    )
    size = forms.IntegerField(label=gettext_lazy("Records to draw"), min_value=1, initial=20)
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        max_length=64,
        required=False,
        help_text=gettext_lazy(
            "Empty: a new one. The same seed and records give the same sample again."
        ),
    )


class JudgementForm(forms.Form):
    """What a record was found to be, and by what."""

    finding = forms.ChoiceField(choices=Finding.choices)
    evidence = forms.CharField(max_length=300, required=False)
