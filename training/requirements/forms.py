"""Which courses an activity asks for."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from training.courses.models import Course
from volunteers.activities.models import Activity

__all__ = ["RequirementForm"]


class RequirementForm(forms.Form):
    """Boxes for the courses that the committee may ask for."""

    courses = forms.ModelMultipleChoiceField(
        label=_("Who signs up has completed"),
        queryset=Course.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("And holds it on the day of the shift. None ticked: nothing is asked for."),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Course]", self.fields["courses"])
        field.queryset = Course.objects.usable_by(activity.committee_id).order_by("title")
