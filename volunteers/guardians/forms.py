"""What guardians type."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

__all__ = ["ChildForm", "GiveForm", "ParentForm", "WithdrawForm"]


def _code() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(
        label=_("Code of six digits"), max_length=12, widget=forms.TextInput(attrs=attributes)
    )


class GiveForm(forms.Form):
    """The guardian's name, the code, and the tick."""

    name = forms.CharField(label=_("Your name"), max_length=50)
    code = _code()
    agreed = forms.BooleanField(label=_("I have read the text above and consent."))


class WithdrawForm(forms.Form):
    """The code alone: as easy as giving, or easier."""

    code = _code()


class ChildForm(forms.Form):
    """Which child."""

    number = forms.CharField(
        label=_("Child's identity number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = forms.CharField(label=_("Child's name"), max_length=50)


class ParentForm(forms.Form):
    """An account for a parent who has none."""

    name = forms.CharField(label=_("Your name"), max_length=50)
    username = forms.CharField(
        label=_("Login name"),
        min_length=3,
        max_length=30,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9._-]+$",
                _("Use letters, digits, dots, hyphens and underscores only."),
            )
        ],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
