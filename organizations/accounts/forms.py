"""Forms of members and invitations."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.inputs import day_input
from organizations.accounts.access import grantable_roles
from organizations.accounts.actors import Actor
from organizations.accounts.models import MemberRole
from organizations.committees.fields import CommitteeField

__all__ = ["GrantForm", "InviteForm", "MemberFilters"]


def _roles_of(actor: Actor) -> list[tuple[str, Any]]:
    mine = {str(role) for role in grantable_roles(actor.role)}
    return [choice for choice in MemberRole.choices if choice[0] in mine]


class _ForMembers(forms.Form):
    committee = CommitteeField(label=_("Committee"))
    # The least of them first: nobody becomes a secretary by a form sent in haste.
    role = forms.ChoiceField(label=_("Role"), initial=MemberRole.RECORDER)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CommitteeField", self.fields["committee"]).offer(actor.scope.committee)
        cast("forms.ChoiceField", self.fields["role"]).choices = _roles_of(actor)


class GrantForm(_ForMembers):
    """A membership for somebody who has an account here."""

    username = forms.CharField(
        label=_("Login name"),
        max_length=150,
        help_text=_("Of a person who has an account with your committee or one below it."),
    )
    starts_on = forms.DateField(
        label=_("First day"), widget=day_input(), initial=timezone.localdate
    )
    ends_on = forms.DateField(label=_("Last day"), widget=day_input(), required=False)

    field_order = ["username", "committee", "role", "starts_on", "ends_on"]


class InviteForm(_ForMembers):
    """An invitation by link."""

    name = forms.CharField(label=_("Name of the person"), max_length=50)

    field_order = ["name", "committee", "role"]


class MemberFilters(forms.Form):
    """How a list of members is narrowed."""

    committee = CommitteeField(required=False)
    role = forms.ChoiceField(choices=MemberRole, required=False)
    ended = forms.BooleanField(required=False)
    q = forms.CharField(required=False, max_length=50)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CommitteeField", self.fields["committee"]).offer(actor.scope.committee)
