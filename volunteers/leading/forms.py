"""Who comes along."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy

from volunteers.teams.models import TeamMember

__all__ = ["MembersForm"]


class MembersForm(forms.Form):
    """Members to sign up together, by group."""

    members = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who comes along"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who comes.")},
    )

    def __init__(self, *args: object, members: list[TeamMember], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = cast("forms.TypedMultipleChoiceField", self.fields["members"])
        offered.choices = [(each.pk, each.volunteer_name) for each in members]
