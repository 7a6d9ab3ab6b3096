"""What is asked of who wants to see full data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.disclosure.models import Duration

__all__ = ["AskForm"]


class AskForm(forms.Form):
    """Why, and for how long."""

    reason = forms.CharField(
        label=gettext_lazy("What the data are needed for"),
        help_text=gettext_lazy("Who approves it reads this, and so does the person."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("For how long"),
        choices=Duration.choices,
        coerce=lambda value: Duration(int(value)),
        initial=Duration.WORKDAY,
        widget=forms.RadioSelect,
    )
