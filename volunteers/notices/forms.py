"""What an organiser writes to those signed up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.web.moments import stretch_text
from volunteers.activities.models import Activity, Shift
from volunteers.notices.domain import LONGEST_TEXT, LONGEST_TITLE
from volunteers.notices.models import Audience

__all__ = ["MessageForm"]


class _ShiftField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return stretch_text(obj.starts_at, obj.ends_at)


class MessageForm(forms.Form):
    """Title, text, and to whom."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.TypedChoiceField(
        label=gettext_lazy("To whom"), choices=Audience.choices, coerce=Audience
    )
    shift = _ShiftField(
        label=gettext_lazy("Of which shift"),
        queryset=Shift.objects.none(),
        required=False,
        empty_label=gettext_lazy("all shifts"),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shifts: Any = self.fields["shift"]
        shifts.queryset = activity.shifts.filter(cancelled_at__isnull=True)
