"""What a published activity is changed with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.activities.forms import ShiftForm
from volunteers.activities.models import Activity
from volunteers.changes.domain import Amendment, Plan

__all__ = ["AmendForm", "PlanForm"]


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why (everybody who signed up reads it)"), max_length=200, required=False
    )


class AmendForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may still be mended; the verb writes it."""

    reason = _reason()

    class Meta:
        model = Activity
        fields = tuple(Amendment.__dataclass_fields__)
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "risks": forms.Textarea(attrs={"rows": 2}),
            "responsible_phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def _post_clean(self) -> None:
        """The verb judges and writes; the instance only says what stood there."""

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, once it is valid, as the verb takes it."""
        said = {name: self.cleaned_data[name] for name in Amendment.__dataclass_fields__}
        return {"amendment": Amendment(**said), "reason": self.cleaned_data["reason"]}


class PlanForm(ShiftForm):
    """When a shift is now, and for how many."""

    weeks = None  # type: ignore[assignment]
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
