"""Form fields that take words of the province, for the forms of the registry and the own pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteers.vocabulary.models import Term, TermKind, VolunteerTerm

__all__ = ["AbilityFields", "SkillsField", "WordsField"]

_CHOSEN = (TermKind.SKILL, TermKind.INTEREST, TermKind.LANGUAGE, TermKind.VEHICLE)


class WordsField(forms.TypedMultipleChoiceField):
    """Several words of a kind; one may type to find them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)
        self.widget.attrs["data-typeahead"] = ""


class SkillsField(forms.MultipleChoiceField):
    """Skills by their words: those of the list are offered, others that stand stay."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs["data-typeahead"] = ""

    def offer(self, own: Iterable[str] = ()) -> None:
        """The list's words, and those that the person has besides."""
        listed = Term.objects.offered().of_kind(TermKind.SKILL).values_list("name", flat=True)
        words = list(dict.fromkeys([*listed, *own]))
        self.choices = [(word, word) for word in words]

    def valid_value(self, _value: str) -> bool:
        """Any word: what is too long or too many the verb refuses, in words."""
        return True


class AbilityFields(forms.Form):
    """Skills, interests, languages, vehicles, times, and licences with their last day."""

    skill = WordsField(label=gettext_lazy("Skills"))
    interest = WordsField(label=gettext_lazy("Kinds of service wanted"))
    language = WordsField(label=gettext_lazy("Languages and dialects"))
    vehicle = WordsField(label=gettext_lazy("Vehicles"))
    time = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Times available"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, volunteer_id: int, **kwargs: Any) -> None:
        held = list(VolunteerTerm.objects.of_volunteer(volunteer_id))
        initial: dict[str, Any] = {
            kind.value: [each.term_id for each in held if each.term.kind == kind]
            for kind in (*_CHOSEN, TermKind.TIME)
        }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        kept = {each.term_id: each for each in held}
        offered = [*Term.objects.offered(), *(each.term for each in held if each.term.retired)]
        for kind in (*_CHOSEN, TermKind.TIME):
            field: Any = self.fields[kind]
            field.choices = [(term.pk, term.name) for term in offered if term.kind == kind]
        self.licences = [term for term in offered if term.kind == TermKind.LICENCE]
        for term in self.licences:
            self._add_licence(term, kept.get(term.pk))

    def terms(self) -> dict[int, date | None]:
        """All that was chosen, with the last day of licences."""
        given = self.cleaned_data
        chosen: dict[int, date | None] = {
            pk: None for kind in (*_CHOSEN, TermKind.TIME) for pk in given[kind]
        }
        for term in self.licences:
            if given[f"licence_{term.pk}"]:
                chosen[term.pk] = given[f"until_{term.pk}"]
        return chosen

    def licence_rows(self) -> list[tuple[BoundField, BoundField]]:
        """Each licence with its day, for the page."""
        return [(self[f"licence_{term.pk}"], self[f"until_{term.pk}"]) for term in self.licences]

    def word_fields(self) -> list[BoundField]:
        """What is chosen from lists, for the page."""
        return [self[kind] for kind in _CHOSEN]

    def _add_licence(self, term: Term, held: VolunteerTerm | None) -> None:
        self.fields[f"licence_{term.pk}"] = forms.BooleanField(
            label=term.name,
            required=False,
            initial=held is not None,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )
        self.fields[f"until_{term.pk}"] = forms.DateField(
            label=_("{licence}: valid until").format(licence=term.name),
            required=False,
            initial=held.valid_until if held else None,
            widget=forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}
            ),
        )
