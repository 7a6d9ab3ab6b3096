"""What is asked before a list is taken along."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from volunteers.exports.models import ExportForm, ExportKind
from volunteers.hours.models import RecordState, ServiceKind
from volunteers.registry.models import VolunteerState
from volunteers.registry.queries import AgeBand, ClaimBand, HoursBand, PauseBand

__all__ = ["AskedForm", "OrderForm"]


class AskedForm(forms.Form):
    """Which list, with the filters of its page; what makes no sense narrows nothing."""

    kind = forms.ChoiceField(choices=ExportKind)
    disclosure = forms.IntegerField(min_value=1, required=False)
    committee = forms.SlugField(max_length=20, required=False)
    q = forms.CharField(max_length=50, required=False)
    age = forms.ChoiceField(choices=AgeBand, required=False)
    state = forms.ChoiceField(
        choices=[*VolunteerState.choices, *RecordState.choices], required=False
    )
    claim = forms.ChoiceField(choices=ClaimBand, required=False)
    pause = forms.ChoiceField(choices=PauseBand, required=False)
    hours = forms.ChoiceField(choices=HoursBand, required=False)
    skill = forms.CharField(max_length=30, required=False)
    month = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", required=False)
    service = forms.ChoiceField(choices=ServiceKind, required=False)
    activity = forms.CharField(max_length=100, required=False)
    year = forms.RegexField(r"^20\d{2}$", required=False)

    def which(self) -> ExportKind | None:
        """The list; None where the address names none."""
        self.is_valid()
        kind = self.cleaned_data.get("kind")
        return ExportKind(kind) if kind else None

    def asked(self) -> dict[str, str]:
        """The filters of that list which are set, under the names that the list has for them."""
        kind = self.which()
        names = _NAMES.get(kind, {}) if kind else {}
        found = {own: self.cleaned_data.get(name) for name, own in names.items()}
        states = RecordState if kind == ExportKind.RECORDS else VolunteerState
        if found.get("state") not in states.values:
            found.pop("state", None)
        if kind == ExportKind.DISCLOSURES:
            found["year"] = found.get("year") or str(timezone.localdate().year)
        return {name: value for name, value in found.items() if value}


_NAMES = {
    ExportKind.VOLUNTEERS: {
        name: name for name in ("q", "age", "state", "claim", "pause", "hours", "skill")
    },
    ExportKind.RECORDS: {
        "q": "q",
        "state": "state",
        "month": "month",
        "service": "kind",
        "activity": "activity",
    },
    ExportKind.DISCLOSURES: {"year": "year"},
}


class OrderForm(forms.Form):
    """What kind of file."""

    form = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=ExportForm,
        initial=ExportForm.XLSX,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=200,
        help_text=gettext_lazy("Everybody on the list can read it, with your name."),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
