"""What a station is described with."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.geo.fields import PointField
from core.geo.points import columns_of
from core.web.inputs import WEEKDAYS, day_input
from organizations.ledger.models import Organization
from volunteers.stations.domain import Facts
from volunteers.stations.models import Station

__all__ = ["FactsForm"]


class FactsForm(forms.Form):
    """Where it is, when it is open, and whom to ask."""

    name = forms.CharField(label=_("Name of the station"), max_length=80)
    address = forms.CharField(label=_("Address"), max_length=200)
    point = PointField()
    organization_id = forms.TypedChoiceField(
        label=_("Run by"), coerce=int, empty_value=None, required=False
    )
    keeper = forms.CharField(label=_("Who keeps it (public)"), max_length=50)
    keeper_phone = forms.CharField(
        label=_("Telephone for questions (public)"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    hours_note = forms.CharField(label=_("Exceptions"), max_length=100, required=False)
    opened_on = forms.DateField(
        label=_("Opened on"),
        required=False,
        widget=day_input(),
    )

    def __init__(self, *args: Any, path: str, station: Station | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        run_by = cast("forms.TypedChoiceField", self.fields["organization_id"])
        running = Organization.objects.below(path).active_on(timezone.localdate())
        names = running.order_by("name").values_list("pk", "name")
        run_by.choices = [("", _("the committee")), *names[:500]]
        for day, label in enumerate(WEEKDAYS):
            self.fields[f"day_{day}"] = forms.CharField(
                label=label,
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": "9:00-12:00 14:00-17:00"}),
                initial=station.hours[day] if station else "",
            )
        self.order_fields(
            ["name", "address", "point", *(f"day_{day}" for day in range(7)), "hours_note"]
        )

    @property
    def facts(self) -> Facts:
        """What was typed, once it is valid."""
        given = dict(self.cleaned_data)
        hours = tuple(given.pop(f"day_{day}") for day in range(7))
        given |= columns_of(given.pop("point"))
        return Facts(hours=hours, **given)
