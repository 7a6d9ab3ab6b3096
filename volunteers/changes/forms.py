"""What a published activity is changed with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.geo.fields import PointField
from core.geo.points import Point, columns_of
from core.web.inputs import MOMENT_FORMAT, moment_input
from volunteers.activities.models import Activity
from volunteers.changes.domain import Amendment, Plan

__all__ = ["AmendForm", "PlanForm"]


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why (everybody reads it)"), max_length=200, required=False
    )


class AmendForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may still be mended; the verb writes it."""

    point = PointField()
    reason = _reason()
    field_order = ["place", "point"]

    class Meta:
        model = Activity
        fields = tuple(each for each in Amendment.__dataclass_fields__ if each not in Point._fields)
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "risks": forms.Textarea(attrs={"rows": 2}),
            "responsible_phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["point"] = self.instance.point

    def _post_clean(self) -> None:
        """The verb judges and writes; the instance only says what stood there."""

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, once it is valid, as the verb takes it."""
        said = dict(self.cleaned_data)
        said |= columns_of(said.pop("point"))
        return {"reason": said.pop("reason"), "amendment": Amendment(**said)}


class PlanForm(forms.Form):
    """When a shift is now, and for how many."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("Starts"), widget=moment_input(), input_formats=[MOMENT_FORMAT]
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Ends"), widget=moment_input(), input_formats=[MOMENT_FORMAT]
    )
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=9999)
    reserve = forms.IntegerField(
        label=gettext_lazy("Places on the waiting list"), min_value=0, max_value=9999
    )
    reason = _reason()
    release = forms.BooleanField(
        label=gettext_lazy("Who has another shift at the new time leaves the list and reads why"),
        required=False,
    )

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, once it is valid, as the verb takes it."""
        said = {name: self.cleaned_data[name] for name in Plan.__dataclass_fields__}
        others = {name: self.cleaned_data[name] for name in ("reason", "release")}
        return {"plan": Plan(**said), **others}
