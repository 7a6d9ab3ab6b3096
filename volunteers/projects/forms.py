"""What a project is described with."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.inputs import day_input
from volunteers.projects.domain import Outline

__all__ = ["OutlineForm"]


class OutlineForm(forms.Form):
    """Name, summary and first day."""

    name = forms.CharField(label=_("Name of the project"), max_length=60)
    summary = forms.CharField(
        label=_("What it is about (public)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    begun_on = forms.DateField(
        label=_("Begun on"),
        required=False,
        widget=day_input(),
    )

    @property
    def outline(self) -> Outline:
        """What was typed, once it is valid."""
        return Outline(**self.cleaned_data)
