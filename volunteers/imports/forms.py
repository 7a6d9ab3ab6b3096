"""Forms of imports: the file, its columns, the declaration."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.workbooks import Column
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.imports.domain import IMPORTERS
from volunteers.imports.models import ImportKind, ImportRun

__all__ = ["ColumnsForm", "UploadForm"]

_NONE = ""
_LETTERS = 26


class UploadForm(forms.Form):
    """What is brought in, and for whom. The nonce makes sending twice sending once."""

    kind = forms.ChoiceField(label=_("What the workbook holds"), widget=forms.RadioSelect)
    committee = forms.ModelChoiceField(
        label=_("For"), queryset=Committee.objects.none(), to_field_name="code", empty_label=None
    )
    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("xlsx, xls or csv, as the office keeps it: title rows and totals do no harm."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        allow_empty_file=True,
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    mends = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offers what the actor may bring in, for the own committee and those right below."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in ImportKind if actor.may(IMPORTERS[kind].action)
        ]
        own = actor.scope.committee
        near = Committee.objects.below(own).existing_on(timezone.localdate())
        self.fields["committee"].queryset = (  # type: ignore[attr-defined]
            near.filter(path=own) | near.filter(parent_id=own)
        ).order_by("path")


class ColumnsForm(forms.Form):
    """Which column of the sheet is which. Columns are counted as spreadsheets do: A, B, C."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(label=_("Header row"), min_value=1, max_value=40)

    def __init__(self, data: Any = None, *, run: ImportRun) -> None:
        """Offers the columns of the outline that was read last."""
        self._outline: dict[str, Any] = run.outline
        self._columns = IMPORTERS[ImportKind(run.kind)].columns
        initial = {"sheet": self._outline["sheet"], "header_row": self._outline["header_row"]}
        super().__init__(data, initial=initial)
        sheets = [(name, name) for name in self._outline["sheets"]]
        if len(sheets) > 1:
            self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]
        places = self._places()
        for column in self._columns:
            self.fields[_field_name(column)] = self._choice(column, places)

    def mapping(self) -> dict[str, int | None]:
        """Column name to place from 0, None where the person said that there is none."""
        chosen: dict[str, int | None] = {}
        for column in self._columns:
            value = self.cleaned_data[_field_name(column)]
            chosen[column.name] = None if value == _NONE else int(value)
        return chosen

    def moved(self) -> bool:
        """Whether another sheet or header row was chosen, which have columns of their own."""
        return bool({"sheet", "header_row"} & set(self.changed_data))

    def clean(self) -> dict[str, Any]:
        """Two fields cannot stand in one column, and some must stand somewhere.

        Not asked of another sheet or header row, whose columns are not known yet.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.moved():
            return cleaned
        taken = {_NONE}
        for column in self._columns:
            place = cleaned.get(_field_name(column), _NONE)
            if place == _NONE and column.required:
                self.add_error(
                    _field_name(column), _("Choose the column; nothing goes without it.")
                )
            elif place != _NONE and place in taken:
                self.add_error(_field_name(column), _("This column is already chosen above."))
            taken.add(place)
        return cleaned

    def _places(self) -> list[tuple[str, str]]:
        samples = self._outline["samples"]
        places = [(_NONE, "—")]
        for place, text in enumerate(self._outline["header"]):
            example = next((row[place] for row in samples if row[place]), "")
            if text or example:
                label = f"{_letter(place)}  {text}" + (f"（{example}）" if example else "")
                places.append((str(place), label))
        return places

    def _choice(self, column: Column, places: list[tuple[str, str]]) -> forms.ChoiceField:
        place = self._outline["mapping"].get(column.name)
        return forms.ChoiceField(
            label=_(str(column.label)),
            choices=places,
            initial=_NONE if place is None else str(place),
            required=False,
        )


def _field_name(column: Column) -> str:
    return f"column_{column.name}"


def _letter(place: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
