"""What the organiser says of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from core.web.inputs import MOMENT_FORMAT, moment_input
from volunteers.attendance.models import Mark

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

__all__ = ["MarkForm"]


def _moment(label: StrPromise) -> forms.DateTimeField:
    widget = moment_input()
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=[MOMENT_FORMAT], required=False
    )


class MarkForm(forms.Form):
    """Mark and times; without times those of the shift."""

    mark = forms.TypedChoiceField(
        label=gettext_lazy("How it was"), choices=Mark.choices, coerce=Mark
    )
    came_at = _moment(gettext_lazy("Came at (empty: as the shift)"))
    left_at = _moment(gettext_lazy("Left at (empty: as the shift)"))
