"""What the desk types in. The rules stand in the domain; forms only read and show them."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.figures import MINUTES_OF_AN_HOUR
from core.web.inputs import day_input
from organizations.ledger.models import Organization
from volunteers.hours.domain import Stretch
from volunteers.hours.models import RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries import clock_of
from volunteers.registry.models import Volunteer

__all__ = [
    "CorrectionForm",
    "NewRecordForm",
    "RecordFilters",
    "RecordForm",
    "VolunteerField",
    "values_of",
]


class VolunteerField(forms.CharField):
    """A volunteer by portal number; what is typed is searched for, the chosen one is named."""

    widget = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["data-typeahead"] = lazystr(reverse_lazy("registry:volunteer-lookup"))

    def to_python(self, value: Any) -> Any:
        """The volunteer. Raises `ValidationError` for a number that is nobody's here."""
        number = super().to_python(value)
        if not number:
            return None
        volunteer = Volunteer.objects.filter(number=number).first()
        if volunteer is None:
            raise ValidationError(_("No volunteer of your committee has this number."))
        return volunteer

    def prepare_value(self, value: Any) -> Any:
        """The number, which becomes the one choice in the page."""
        number = value.number if isinstance(value, Volunteer) else value
        volunteer = Volunteer.objects.filter(number=number).first() if number else None
        named = [(volunteer.number, f"{volunteer.name} · {volunteer.number}")] if volunteer else []
        self.widget.choices = [("", ""), *named]
        return number


class RecordForm(forms.Form):
    """One stretch of service: times, or hours where the times are not known."""

    activity_title = forms.CharField(label=gettext_lazy("Activity"), max_length=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ServiceKind.choices, initial=ServiceKind.OTHER
    )
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Organiser"),
        # The policies leave those at or below one's own committee.
        queryset=Organization.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    served_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=day_input(),
    )
    start = forms.TimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    end = forms.TimeField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.DecimalField(
        label=gettext_lazy("Hours"),
        required=False,
        min_value=0,
        max_value=24,
        decimal_places=2,
        help_text=gettext_lazy("Empty: from start to end"),
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        """The arguments that verbs take, as typed."""
        given = self.cleaned_data
        hours = given["minutes"]
        return {
            "activity_title": given["activity_title"],
            "kind": ServiceKind(given["kind"]),
            "organization": given["organization"],
            "note": given["note"],
            "when": Stretch(
                served_on=given["served_on"],
                start=given["start"],
                end=given["end"],
                minutes=None if hours is None else round(hours * MINUTES_OF_AN_HOUR),
            ),
        }


class NewRecordForm(RecordForm):
    """A record entered afterwards, with what proves it."""

    volunteer = VolunteerField(label=gettext_lazy("Volunteer"))
    evidence = forms.CharField(
        label=gettext_lazy("What proves it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("What proves it, such as “sign-in sheet of 16 May, photo 3”."),
    )
    # The bundle of the pictures beside the form; they stay when the form comes back.
    evidence_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ["volunteer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid4()
        if _uuid_from(self.initial.get("evidence_key")) is None:
            self.initial["evidence_key"] = uuid4()

    def for_the_next(self) -> dict[str, str]:
        """What stands ready when the next person served at the same activity and time."""
        names = ("activity_title", "kind", "organization", "served_on", "start", "end", "minutes")
        proof = ("evidence", "evidence_key")
        return {name: self.data[name] for name in (*names, *proof) if self.data.get(name)}

    def evidence_key_shown(self) -> UUID:
        """The bundle that pictures are added to beside the form."""
        return _uuid_from(self["evidence_key"].value()) or uuid4()

    def nonce_given(self) -> UUID:
        """The key under which this page's record is stored once."""
        nonce: UUID = self.cleaned_data["nonce"]
        return nonce


class CorrectionForm(RecordForm):
    """The values that should have stood, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (kept in the history)"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RecordFilters(forms.Form):
    """What a list of records may be narrowed by; what makes no sense narrows nothing."""

    q = forms.CharField(required=False, max_length=50)
    activity = forms.CharField(required=False, max_length=100)
    month = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", required=False)
    committee = forms.CharField(required=False, max_length=20)
    state = forms.ChoiceField(choices=[("", ""), *RecordState.choices], required=False)
    kind = forms.ChoiceField(choices=[("", ""), *ServiceKind.choices], required=False)

    def asked(self) -> dict[str, str]:
        """Each filter as text, empty where nothing sensible is asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def _uuid_from(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def values_of(record: ServiceRecord) -> dict[str, Any]:
    """A record's values as `RecordForm` shows them; hours only where the times do not say them."""
    start, end = clock_of(record.during)
    stretch = Stretch(
        served_on=record.served_on,
        start=time.fromisoformat(start) if start else None,
        end=time.fromisoformat(end) if end else None,
    )
    all_of_it = record.during is not None and stretch.counted_minutes == record.minutes
    return {
        "activity_title": record.activity_title,
        "kind": record.kind,
        "organization": record.organization_id,
        "served_on": record.served_on,
        "start": start,
        "end": end,
        "minutes": None if all_of_it else round(record.minutes / MINUTES_OF_AN_HOUR, 2),
        "note": record.note,
    }
