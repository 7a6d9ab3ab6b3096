"""What an activity and its shifts are written with."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from core.workdays.moving import DayMove
from volunteers.activities.domain import LONGEST_SERIES, Call
from volunteers.activities.models import Activity
from volunteers.vocabulary.models import Term, TermKind

__all__ = ["CallForm", "CopyForm", "ShiftForm"]

_MOMENT = "%Y-%m-%dT%H:%M"


def _moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)


class CallForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an activity says; the verb writes it."""

    youngest = forms.IntegerField(
        label=gettext_lazy("youngest age"), min_value=0, max_value=120, required=False
    )
    oldest = forms.IntegerField(
        label=gettext_lazy("oldest age"), min_value=0, max_value=120, required=False
    )

    withdrawal_hours = forms.IntegerField(
        label=gettext_lazy("Withdrawal without a reason until (hours before the start)"),
        min_value=0,
        max_value=720,
        initial=24,
    )
    needed_skills = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Skills needed"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Activity
        fields = tuple(Call.__dataclass_fields__)
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "risks": forms.Textarea(attrs={"rows": 2}),
            "responsible_phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skills = Term.objects.offered().of_kind(TermKind.SKILL)
        skills_field = cast("forms.TypedMultipleChoiceField", self.fields["needed_skills"])
        skills_field.choices = [(term.pk, term.name) for term in skills]

    def _post_clean(self) -> None:
        """The verb judges and writes; the instance only says what stood there."""

    @property
    def call(self) -> Call:
        """What was typed, once it is valid."""
        return Call(**self.cleaned_data)


class ShiftForm(forms.Form):
    """When a shift is, and for how many."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("Starts"), widget=_moment_input(), input_formats=[_MOMENT]
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Ends"), widget=_moment_input(), input_formats=[_MOMENT]
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=1, max_value=9999, initial=10
    )
    reserve = forms.IntegerField(
        label=gettext_lazy("Places on the waiting list"), min_value=0, max_value=9999, initial=0
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("So many weeks, each on the same weekday (1: only once)"),
        min_value=1,
        max_value=LONGEST_SERIES,
        initial=1,
    )


class CopyForm(forms.Form):
    """By how much the days of a copy move on."""

    move = forms.TypedChoiceField(
        label=gettext_lazy("Days of the copy"),
        coerce=DayMove,
        choices=[
            (DayMove.WEEK, gettext_lazy("weeks later, until the first is to come")),
            (DayMove.MONTH, gettext_lazy("months later, on the same weekday")),
            (DayMove.NONE, gettext_lazy("without shifts")),
        ],
    )
