"""What is done with the secret address."""

from __future__ import annotations

from django import forms

__all__ = ["FeedForm"]


class FeedForm(forms.Form):
    """One of two buttons."""

    verb = forms.ChoiceField(choices=[("renew", "renew"), ("revoke", "revoke")])
