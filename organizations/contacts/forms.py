"""What is entered about a committee's office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["ContactForm"]


class ContactForm(forms.Form):
    """The telephone that everybody reads, and when somebody answers."""

    phone = forms.CharField(
        label=_("Telephone of the office"),
        max_length=40,
        required=False,
        help_text=_("The office's number, not a person's own: everybody can read it."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    office_hours = forms.CharField(
        label=_("Office hours"),
        max_length=100,
        required=False,
        help_text=_("As in “Monday to Friday 8:30–12:00, 14:30–17:30”."),
    )
