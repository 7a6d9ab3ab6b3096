"""What people and committees write about own data."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["CopyForm", "CorrectionForm", "PhoneForm", "TextForm"]


class CorrectionForm(forms.Form):
    """What is wrong about the entry."""

    message = forms.CharField(
        label=_("What is wrong, and what is right?"),
        max_length=300,
        help_text=_("Without identity numbers: bring the document when it is about one."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CopyForm(forms.Form):
    """Asks once, however often it is sent."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PhoneForm(forms.Form):
    """A new telephone, proven by a code to it."""

    phone = forms.CharField(
        label=_("New telephone"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class TextForm(forms.Form):
    """The next version of a text of consent."""

    kind = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=100)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 14}))
