"""What a course is written with."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from training.courses.domain import CourseFacts
from training.courses.models import Course, CourseTier

__all__ = ["CourseForm"]


class CourseForm(forms.Form):
    """What is taught, and how long it holds."""

    title = forms.CharField(label=_("Title of the course"), max_length=80)
    tier = forms.ChoiceField(label=_("Tier"), choices=CourseTier)
    outline = forms.CharField(
        label=pgettext_lazy("course", "Content"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    hours = forms.DecimalField(
        label=_("Hours of teaching"), min_value=0.1, max_value=1000, decimal_places=1
    )
    valid_months = forms.IntegerField(
        label=_("Valid for months (empty: for good)"), min_value=1, max_value=600, required=False
    )
    after_id = forms.TypedChoiceField(
        label=_("Course to be completed first"), coerce=int, empty_value=None, required=False
    )
    counts_for_post = forms.BooleanField(label=_("Counts for a post"), required=False)

    def __init__(self, *args: Any, path: str, course: Course | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Course.objects.usable_by(path)
        if course is not None:
            others = others.exclude(pk=course.pk)
        field = cast("forms.TypedChoiceField", self.fields["after_id"])
        named = others.order_by("title").values_list("pk", "title")
        field.choices = [("", pgettext("course", "none")), *named]

    @property
    def facts(self) -> CourseFacts:
        """What was typed, once it is valid."""
        given = dict(self.cleaned_data)
        return CourseFacts(minutes=round(given.pop("hours") * 60), **given)
