"""What is typed at the door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.geo.points import Point, position_given

__all__ = ["ArrivalForm", "DeviceForm", "DoorForm", "UnlockForm"]


class DoorForm(forms.Form):
    """A code that was scanned, or digits."""

    text = forms.CharField(
        label=_("Last four digits of the telephone, portal number, or scanned code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "text", "autofocus": True}
        ),
    )


class ArrivalForm(forms.Form):
    """Whether one says to be at the place, and where the device is: compared, never kept."""

    tells_place = forms.BooleanField(required=False)
    position = forms.CharField(required=False, max_length=60)

    def clean_position(self) -> Point | None:
        """Nothing for what is no point: a device that does not know keeps nobody out."""
        return position_given(self.cleaned_data["position"])


class UnlockForm(forms.Form):
    """The password of the account that the tablet is signed in with."""

    password = forms.CharField(
        label=_("Password of the account that opened the door"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class DeviceForm(forms.Form):
    """A new device."""

    name = forms.CharField(
        label=_("Which device"),
        max_length=40,
        help_text=_("As its users call it, such as “tablet at the east gate”."),
    )
