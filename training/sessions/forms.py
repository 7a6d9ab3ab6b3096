"""What a session is planned with, and who is sent to it."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.inputs import MOMENT_FORMAT, moment_input
from training.sessions.domain import SessionFacts
from training.sessions.models import EnrolmentWay, SessionMode

__all__ = ["AssignForm", "SessionForm"]


class SessionForm(forms.Form):
    """When, where, by whom and for how many."""

    starts_at = forms.DateTimeField(
        label=_("Start"), widget=moment_input(), input_formats=[MOMENT_FORMAT]
    )
    ends_at = forms.DateTimeField(
        label=_("End"), widget=moment_input(), input_formats=[MOMENT_FORMAT]
    )
    mode = forms.ChoiceField(label=_("Held"), choices=SessionMode)
    place = forms.CharField(label=pgettext_lazy("session", "Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Address online"), max_length=300, required=False, assume_scheme="https"
    )
    teacher = forms.CharField(label=_("Teacher"), max_length=50)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000)
    enrolment = forms.ChoiceField(label=_("Enrolment"), choices=EnrolmentWay)

    @property
    def facts(self) -> SessionFacts:
        """What was typed, once it is valid."""
        return SessionFacts(**self.cleaned_data)


class AssignForm(forms.Form):
    """Portal numbers, one a line or apart by blanks or commas."""

    numbers = forms.CharField(
        label=_("Portal numbers"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of your registry, one a line. All have a place, or nobody is enrolled."),
    )

    @property
    def given(self) -> list[str]:
        """The numbers, once they are valid."""
        return re.findall(r"\w+", self.cleaned_data["numbers"])
