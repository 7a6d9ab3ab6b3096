"""What a volunteer writes to the recording committee."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.vocabulary.fields import AbilityFields

__all__ = ["AbilitiesForm", "CorrectionRequestForm"]


class AbilitiesForm(AbilityFields):
    """What I can do, want to do, and when I have time."""


class CorrectionRequestForm(forms.Form):
    """What is not right about a record."""

    message = forms.CharField(
        label=gettext_lazy("What is not right?"),
        max_length=300,
        help_text=gettext_lazy("For example: the hours, the day, or that it was not you."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
