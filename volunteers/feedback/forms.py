"""One tap and a line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.feedback.domain import LONGEST_LINE
from volunteers.feedback.models import Grade

__all__ = ["FeedbackForm"]


class FeedbackForm(forms.Form):
    """The grade is the button that was pressed."""

    grade = forms.TypedChoiceField(
        label=gettext_lazy("Said afterwards"), choices=Grade.choices, coerce=Grade
    )
    line = forms.CharField(
        label=gettext_lazy("In a line, if you like"), max_length=LONGEST_LINE, required=False
    )
