"""What people choose and say about certificates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from core.web.inputs import day_input
from volunteers.certificates.domain.issuing import Choice
from volunteers.hours.queries import ServiceRecordQuerySet

__all__ = ["BatchForm", "IssueForm", "ReasonForm", "SealForm"]

_MOST_CHOICES = 60


class BatchForm(forms.Form):
    """The period of certificates for many."""

    first_on = forms.DateField(
        label=gettext_lazy("From"),
        widget=day_input(),
    )
    last_on = forms.DateField(label=gettext_lazy("To"), widget=day_input())
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def choice(self) -> Choice:
        """What was chosen."""
        said = self.cleaned_data
        return Choice(first_on=said["first_on"], last_on=said["last_on"])


class IssueForm(BatchForm):
    """Period, and what of it; nothing ticked means everything."""

    organizations = forms.MultipleChoiceField(
        label=gettext_lazy("Only these organisations"),
        help_text=gettext_lazy("Tick nothing for everything."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    activities = forms.MultipleChoiceField(
        label=gettext_lazy("Only these activities"),
        help_text=gettext_lazy("Tick nothing for everything."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    full_number = forms.BooleanField(
        label=gettext_lazy("Show the full identity number"),
        help_text=gettext_lazy("Otherwise its middle is hidden. The password is asked again then."),
        required=False,
    )

    def __init__(self, *args: Any, records: ServiceRecordQuerySet, **kwargs: Any) -> None:
        """``records`` are what can be certified: their organisations and titles are offered."""
        super().__init__(*args, **kwargs)
        units = records.filter(organization__isnull=False).order_by("organization__name")
        named = units.values_list("organization_id", "organization__name").distinct()
        titles = records.order_by("activity_title").values_list("activity_title", flat=True)
        self._offer("organizations", [(str(pk), name) for pk, name in named[:_MOST_CHOICES]])
        self._offer("activities", [(each, each) for each in titles.distinct()[:_MOST_CHOICES]])

    def choice(self) -> Choice:
        """What was chosen."""
        said = self.cleaned_data
        return replace(
            super().choice(),
            organizations=tuple(int(each) for each in said.get("organizations", [])),
            activities=tuple(said.get("activities", [])),
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """One thing alone is no choice."""
        if len(choices) < 2:
            del self.fields[name]
            return
        cast(forms.MultipleChoiceField, self.fields[name]).choices = choices


class ReasonForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), required=False)


class SealForm(forms.Form):
    """The officer's answer."""

    answer = forms.ChoiceField(choices=[("apply", ""), ("decline", "")])
    reason = forms.CharField(required=False)
