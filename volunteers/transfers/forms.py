"""Forms of transfers."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.transfers.queries import places_named

__all__ = ["AskForm", "GuardianForm"]


class GuardianForm(forms.Form):
    """Who answers, and the code that proves it."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=50)
    code = forms.CharField(
        label=gettext_lazy("Code of six digits"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AskForm(forms.Form):
    """Where to, and why; the place is searched for as one types, in the whole country."""

    destination = forms.CharField(
        label=gettext_lazy("Receiving committee"),
        max_length=20,
        widget=forms.Select,
        help_text=gettext_lazy(
            "The township where the volunteer is to belong. Type its name, pinyin or code."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Both committees and the volunteer see it."),
    )

    def __init__(self, *args: Any, lookup_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = cast("forms.Select", self.fields["destination"].widget)
        widget.attrs["data-typeahead"] = lookup_url
        widget.choices = [("", ""), *self._chosen()]

    def _chosen(self) -> list[tuple[str, str]]:
        """What was chosen before the form came back."""
        code = self.data.get("destination", "")[:20].replace("\0", "")
        found = places_named(code) if code else []
        return [(place.code, place.full_name) for place in found if place.code == code]
