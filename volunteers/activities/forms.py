"""What an activity and its shifts are written with."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.geo.fields import PointField
from core.geo.points import columns_of
from core.web.inputs import MOMENT_FORMAT, moment_input
from core.workdays.moving import DayMove
from organizations.ledger.models import Organization
from volunteers.activities.domain import LONGEST_SERIES, Call
from volunteers.activities.models import Activity, Invited
from volunteers.projects.models import Project
from volunteers.stations.models import Station
from volunteers.vocabulary.models import Term, TermKind

__all__ = ["CallForm", "CopyForm", "ShiftForm"]

_OTHERWISE_TYPED = {"organization_id", "project_id", "station_id", "latitude", "longitude"}
_MOST_OFFERED = 500


class CallForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an activity says; the verb writes it."""

    youngest = forms.IntegerField(
        label=gettext_lazy("youngest age"), min_value=0, max_value=120, required=False
    )
    oldest = forms.IntegerField(
        label=gettext_lazy("oldest age"), min_value=0, max_value=120, required=False
    )

    location_metres = forms.IntegerField(
        label=gettext_lazy("Ask who scans the code whether they are there: within so many metres"),
        help_text=gettext_lazy(
            "Empty: nobody is asked. Who is asked may say no; only yes or no is kept."
        ),
        min_value=50,
        max_value=5000,
        required=False,
    )
    withdrawal_hours = forms.IntegerField(
        label=gettext_lazy("Withdrawal without a reason until (hours before the start)"),
        min_value=0,
        max_value=720,
        initial=24,
    )
    needed_skills = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Skills needed"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    project_id = forms.TypedChoiceField(
        label=gettext_lazy("Project"), coerce=int, empty_value=None, required=False
    )
    station_id = forms.TypedChoiceField(
        label=gettext_lazy("Station"), coerce=int, empty_value=None, required=False
    )
    organization_id = forms.TypedChoiceField(
        label=gettext_lazy("Organiser"), coerce=int, empty_value=None, required=False
    )
    point = PointField()
    field_order = [
        "title",
        "kind",
        "organization_id",
        "project_id",
        "content",
        "place",
        "station_id",
        "point",
        "location_metres",
    ]

    class Meta:
        model = Activity
        fields = tuple(name for name in Call.__dataclass_fields__ if name not in _OTHERWISE_TYPED)
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "risks": forms.Textarea(attrs={"rows": 2}),
            "responsible_phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organization_id", "project_id", "station_id"):
            self.initial[name] = getattr(self.instance, name)
        self.initial["point"] = self.instance.point
        today = timezone.localdate()
        organizers = Organization.objects.below(path).active_on(today)
        self._offer("organization_id", organizers, none=_("the committee itself"))
        self._offer("project_id", Project.objects.usable_by(path).running_on(today))
        self._offer("station_id", Station.objects.below(path).standing_on(today))
        skills = Term.objects.offered().of_kind(TermKind.SKILL)
        skills_field = cast("forms.TypedMultipleChoiceField", self.fields["needed_skills"])
        skills_field.choices = [(term.pk, term.name) for term in skills]

    def _offer(self, name: str, rows: QuerySet[Any], *, none: str = "") -> None:
        named = rows.order_by("committee_id", "name").values_list("pk", "name")
        field = cast("forms.TypedChoiceField", self.fields[name])
        field.choices = [
            ("", none or pgettext("project or station", "none")),
            *named[:_MOST_OFFERED],
        ]

    def _post_clean(self) -> None:
        """The verb judges and writes; the instance only says what stood there."""

    @property
    def call(self) -> Call:
        """What was typed, once it is valid."""
        said = dict(self.cleaned_data)
        said |= columns_of(said.pop("point"))
        if said["invited"] != Invited.GROUP:
            said["invited_group"] = ""
        return Call(**said)


class ShiftForm(forms.Form):
    """When a shift is, and for how many."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("Starts"), widget=moment_input(), input_formats=[MOMENT_FORMAT]
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Ends"), widget=moment_input(), input_formats=[MOMENT_FORMAT]
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=1, max_value=9999, initial=10
    )
    reserve = forms.IntegerField(
        label=gettext_lazy("Places on the waiting list"), min_value=0, max_value=9999, initial=0
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("So many weeks, each on the same weekday (1: only once)"),
        min_value=1,
        max_value=LONGEST_SERIES,
        initial=1,
    )


class CopyForm(forms.Form):
    """By how much the days of a copy move on."""

    move = forms.TypedChoiceField(
        label=gettext_lazy("Days of the copy"),
        coerce=DayMove,
        choices=[
            (DayMove.WEEK, gettext_lazy("weeks later, until the first is to come")),
            (DayMove.MONTH, gettext_lazy("months later, on the same weekday")),
            (DayMove.NONE, gettext_lazy("without shifts")),
        ],
    )
