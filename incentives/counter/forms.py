"""What is typed or scanned at the counter."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from incentives.offers.models import Offer

__all__ = ["CounterForm"]


class CounterForm(forms.Form):
    """A code and the offer that it is for; ``nonce`` makes a second sending harmless."""

    offer = forms.TypedChoiceField(label=_("Offer"), coerce=int, widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Code of the volunteer"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        field = cast("forms.TypedChoiceField", self.fields["offer"])
        field.choices = [(each.pk, each.title) for each in offers]
        if len(offers) == 1:
            field.initial = offers[0].pk
