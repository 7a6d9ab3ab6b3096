"""Forms about what is registered twice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.urls import reverse_lazy
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from organizations.accounts.actors import Actor
from organizations.committees.fields import CommitteeField
from volunteers.duplicates.models import ClashOutcome

__all__ = ["ChooseForm", "ClashForm", "MergeForm", "OutcomeForm"]


class ClashForm(forms.Form):
    """Whom one has before oneself; the number goes to nobody, only whether it is the same."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    number = forms.CharField(
        label=gettext_lazy("Identity number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    committee = CommitteeField(label=gettext_lazy("Township"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Who has registered the number reads it, with the name and your committee."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee = self.fields["committee"]
        assert isinstance(committee, CommitteeField)  # noqa: S101 - for the type checker
        committee.offer(actor.scope.committee, empty=True)


class OutcomeForm(forms.Form):
    """How a clash is settled."""

    outcome = forms.ChoiceField(choices=ClashOutcome)
    note = forms.CharField(max_length=200, required=False)


class ChooseForm(forms.Form):
    """The other entry of the same person, found as one types."""

    other = forms.CharField(
        label=gettext_lazy("The other entry"),
        max_length=12,
        validators=[validate_slug],
        widget=forms.Select(
            attrs={"data-typeahead": lazystr(reverse_lazy("registry:volunteer-lookup"))},
            choices=[("", "")],
        ),
        help_text=gettext_lazy("Name, pinyin, telephone, identity or portal number"),
    )


class MergeForm(forms.Form):
    """Why they are one person."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are the same person"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
