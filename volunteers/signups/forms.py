"""What people say about a sign-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.registry.domain.entering import entries_in

__all__ = ["AddForm", "RemoveForm", "SubstituteForm", "WithdrawForm"]


class WithdrawForm(forms.Form):
    """Why somebody withdraws; needed only shortly before the shift, which the verb decides."""

    reason = forms.CharField(label=gettext_lazy("Why you cannot come"), required=False)


class RemoveForm(forms.Form):
    """Why somebody is taken off the list."""

    reason = forms.CharField(label=gettext_lazy("Why (the volunteer reads it)"), required=False)


class AddForm(forms.Form):
    """Whom the organiser puts on the list."""

    entries = forms.CharField(
        label=gettext_lazy("Portal numbers or names, one a line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("How it came, such as “rang up” (the volunteer reads it)"),
        required=False,
    )
    passes_line = forms.BooleanField(label=gettext_lazy("They pass those who wait"), required=False)

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["passes_line"]

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        return {**self.cleaned_data, "entries": entries_in(self.cleaned_data["entries"])}


class SubstituteForm(forms.Form):
    """Who comes in somebody's place."""

    entry = forms.CharField(
        label=gettext_lazy("Portal number or name of who comes instead"), max_length=50
    )
    reason = forms.CharField(label=gettext_lazy("Why (both read it)"), required=False)
