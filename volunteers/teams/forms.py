"""What staff say about members of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.registry.domain.entering import entries_in
from volunteers.teams.domain import LONGEST_GROUP
from volunteers.teams.models import TeamRole

__all__ = ["EndForm", "MemberForm", "TakeInForm"]


class MemberForm(forms.Form):
    """Role and group."""

    role = forms.TypedChoiceField(
        label=gettext_lazy("Role in the team"),
        choices=TeamRole.choices,
        coerce=TeamRole,
        initial=TeamRole.MEMBER,
    )
    group = forms.CharField(
        label=gettext_lazy("Group, such as “first aid” (empty: in none)"),
        max_length=LONGEST_GROUP,
        required=False,
    )


class TakeInForm(MemberForm):
    """Who joins."""

    entries = forms.CharField(
        label=gettext_lazy("Portal numbers or names, one a line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    field_order = ("entries", "role", "group")

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        return {**self.cleaned_data, "entries": entries_in(self.cleaned_data["entries"])}


class EndForm(forms.Form):
    """Why somebody leaves the team."""

    reason = forms.CharField(label=gettext_lazy("Why (the volunteer reads it)"), required=False)
