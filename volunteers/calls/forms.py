"""The form above the public list: where, when, what, and whether places must be free."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.geo.points import Point, position_given
from core.web.keyset import id_from
from core.web.moments import day_text
from core.web.months import day_from
from organizations.committees.models import Committee
from volunteers.calls.summary import DAYS_OFFERED, Wanted, offered_divisions, offered_projects
from volunteers.hours.models import ServiceKind
from volunteers.projects.models import Project

__all__ = ["LookingForm"]


class LookingForm(forms.Form):
    """What somebody looks for. What is not offered is an error; the list then shows all."""

    place = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    day = forms.DateField(
        label=gettext_lazy("When"), required=False, input_formats=["%Y-%m-%d"], widget=forms.Select
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of service"), required=False)
    project = forms.ChoiceField(label=gettext_lazy("Project"), required=False)
    near = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    free = forms.BooleanField(label=gettext_lazy("Only with free places"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        place, kind = (cast("forms.ChoiceField", self.fields[name]) for name in ("place", "kind"))
        place.choices = [("", _("Whole province")), *offered_divisions()]
        kind.choices = [("", pgettext("kind of service", "any kind")), *ServiceKind.choices]
        projects = cast("forms.ChoiceField", self.fields["project"])
        projects.choices = [("", pgettext("project", "any project")), *self._projects()]
        days = cast("forms.Select", self.fields["day"].widget)
        days.choices = list(self._days(timezone.localdate()))

    def _days(self, today: date) -> Iterator[tuple[str, str]]:
        """The next days; one further on that the address names is kept."""
        yield "", pgettext("day", "any day")
        offered = [today + timedelta(days=number) for number in range(DAYS_OFFERED)]
        named = {today: _("Today"), offered[1]: _("Tomorrow")}
        with contextlib.suppress(ValueError):
            offered.append(date.fromisoformat(self.data.get("day", "")))
        for day in dict.fromkeys(offered):
            text = day_text(day)
            yield day.isoformat(), f"{named[day]} {text}" if day in named else text

    def _projects(self) -> list[tuple[str, str]]:
        """Those under which something is to come; another that the address names is kept."""
        offered = offered_projects()
        named = id_from(self.data.get("project", ""))
        if named is None or str(named) in dict(offered):
            return offered
        return [*offered, *((str(each.pk), each.name) for each in Project.objects.filter(pk=named))]

    @property
    def has_projects(self) -> bool:
        """Whether there is a project to choose."""
        return len(cast("forms.ChoiceField", self.fields["project"]).choices) > 1  # type: ignore[arg-type]

    def clean_day(self) -> date | None:
        """A day that has one before and one after."""
        day = self.cleaned_data["day"]
        return day_from(day.isoformat()) if day else None

    def clean_near(self) -> Point | None:
        """Where the visitor stands, to a kilometre, however exactly it was sent."""
        point = position_given(self.cleaned_data["near"])
        return point.rounded(2) if point else None

    @property
    def point(self) -> Point | None:
        """Where the visitor stands, if that was said."""
        return self.cleaned_data["near"] if self.is_valid() else None

    @property
    def chosen_code(self) -> str:
        """The code of the place looked for; empty for the whole province."""
        return str(self.cleaned_data["place"]) if self.is_valid() else ""

    @property
    def wanted(self) -> Wanted:
        """What is looked for; a field with an error counts as empty."""
        if not self.is_valid():
            return Wanted()
        given = self.cleaned_data
        place = Committee.objects.filter(code=given["place"]).first() if given["place"] else None
        return Wanted(
            path=place.path if place else "",
            kind=given["kind"],
            day=given["day"],
            project=int(given["project"]) if given["project"] else None,
            with_room=given["free"],
        )
