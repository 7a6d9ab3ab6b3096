"""Forms that change the tree of committees."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.inputs import day_input
from organizations.accounts.actors import Actor
from organizations.committees.fields import CommitteeField
from organizations.committees.models import Kind

__all__ = ["CloseForm", "OpenForm", "RenameForm"]


def _day(label: Any) -> forms.DateField:
    widget = day_input()
    return forms.DateField(label=label, widget=widget, initial=timezone.localdate)


class RenameForm(forms.Form):
    """A committee's new name."""

    name = forms.CharField(label=_("Name of the committee"), max_length=100)


class OpenForm(RenameForm):
    """A campus, a zone or a new division."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, initial=Kind.CAMPUS)
    code = forms.SlugField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("For a division its code of GB/T 2260; left empty, campuses are issued one."),
    )
    on = _day(_("Opened on"))


class CloseForm(forms.Form):
    """The day, and who takes over."""

    successor = CommitteeField(label=_("Successor"), required=False)
    on = _day(_("Closed on"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("CommitteeField", self.fields["successor"]).offer(actor.scope.committee, empty=True)
