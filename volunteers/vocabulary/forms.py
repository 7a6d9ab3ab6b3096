"""Forms of the list of words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.vocabulary.models import KEPT_KINDS

__all__ = ["NewTermForm"]


class NewTermForm(forms.Form):
    """A new word."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in KEPT_KINDS]
    )
    name = forms.CharField(label=gettext_lazy("Word"), max_length=30)
