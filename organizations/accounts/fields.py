"""What whoever opens a link is asked for: a name, a login name, a password."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

__all__ = ["JoinForm", "PasswordForm"]


class PasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )


class JoinForm(PasswordForm):
    """What a new member brings: a name, a login name and a password."""

    name = forms.CharField(
        label=_("Name"), max_length=50, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
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

    field_order = ["name", "username", "password"]
