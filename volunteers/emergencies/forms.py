"""Whom to call."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.emergencies.models import Relation

__all__ = ["ContactForm"]


class ContactForm(forms.Form):
    """One person with a telephone."""

    name = forms.CharField(label=gettext_lazy("Name of the person to call"), max_length=50)
    relation = forms.ChoiceField(label=gettext_lazy("Who that is to me"), choices=Relation.choices)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
