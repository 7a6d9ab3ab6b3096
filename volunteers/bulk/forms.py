"""What is asked before many are changed: of whom, and what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from core.web.inputs import day_input
from organizations.accounts.actors import Actor
from organizations.committees.fields import CommitteeField
from volunteers.bulk.domain import Choice
from volunteers.bulk.models import BulkKind
from volunteers.vocabulary.models import Term, TermKind

__all__ = ["ChosenForm", "WhatForm"]


class ChosenForm(forms.Form):
    """Whose rows were ticked, or how the list was narrowed; what makes no sense narrows nothing."""

    committee = forms.SlugField(max_length=20, required=False)
    kind = forms.ChoiceField(choices=BulkKind, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.given = data
        self.is_valid()

    def value(self, name: str) -> str:
        """What was given there, empty where it makes no sense."""
        return self.cleaned_data.get(name) or ""

    def choice(self, below: str) -> Choice:
        """The people, below the committee asked for."""
        return Choice.given(self.given, below=below)

    def carried(self) -> Iterator[tuple[str, str]]:
        """Names and values that go along from page to page."""
        yield from self.choice("").carried()
        if committee := self.value("committee"):
            yield "committee", committee


class WhatForm(forms.Form):
    """What a kind of change needs to know."""

    back_on = forms.DateField(
        label=gettext_lazy("Expected back on"),
        required=False,
        help_text=gettext_lazy("May stay empty. The home page reminds of it when it has passed."),
        widget=day_input(),
    )
    term = forms.ModelChoiceField(label=gettext_lazy("Word"), queryset=Term.objects.none())
    destination = CommitteeField(
        label=gettext_lazy("New township"),
        help_text=gettext_lazy(
            "Within the person's county. To another county it is a transfer, which the person and"
            " the receiving committee agree to."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason (kept in the history)"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: BulkKind, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = kind in {BulkKind.ADD_WORD, BulkKind.DROP_WORD}
        needed = {
            "back_on": kind == BulkKind.PAUSE,
            "term": words,
            "destination": kind == BulkKind.MOVE,
        }
        for name in [name for name, is_needed in needed.items() if not is_needed]:
            del self.fields[name]
        if words:
            self._offer_words(dropping=kind == BulkKind.DROP_WORD)
        if kind == BulkKind.MOVE:
            self._offer_places(actor.scope.committee)

    def _offer_words(self, *, dropping: bool) -> None:
        """A retired word may be taken away; the last day of a licence is each person's own."""
        offered = Term.objects.in_order() if dropping else Term.objects.offered()
        field: Any = self.fields["term"]
        field.queryset = offered.exclude(kind=TermKind.LICENCE)
        field.label_from_instance = _with_kind
        field.widget.attrs["data-typeahead"] = ""

    def _offer_places(self, reach: str) -> None:
        field: Any = self.fields["destination"]
        field.offer(reach, empty=True)

    def wanted(self) -> dict[str, Any]:
        """What was given, under the names of `wanted_given`."""
        given = self.cleaned_data
        return {name: given[name] for name in given if name not in {"nonce", "digest"}}


def _with_kind(term: Term) -> str:
    return f"{term.name} · {term.get_kind_display()}"
