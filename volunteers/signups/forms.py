"""What people say about a sign-up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

__all__ = ["RemoveForm", "WithdrawForm"]


class WithdrawForm(forms.Form):
    """Why somebody withdraws; needed only shortly before the shift, which the verb decides."""

    reason = forms.CharField(label=gettext_lazy("Why you cannot come"), required=False)


class RemoveForm(forms.Form):
    """Why somebody is taken off the list."""

    reason = forms.CharField(label=gettext_lazy("Why (the volunteer reads it)"), required=False)
