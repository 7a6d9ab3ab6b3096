"""A form field that takes a committee by its code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext as _

from organizations.committees.models import Committee
from organizations.committees.queries import CommitteeQuerySet

__all__ = ["CommitteeField"]


class CommitteeField(forms.Field):
    """One of the committees at or below a key; what is typed is searched for.

    A province has two thousand, so only the own one, those right below it and the one chosen are
    in the page. Call `offer` in the form's ``__init__``; without it no committee is taken.
    """

    widget = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reach = ""
        self.widget.attrs["data-typeahead"] = lazystr(reverse_lazy("committees:committee-search"))

    def offer(self, reach: str, *, empty: bool = False) -> None:
        """Takes committees at or below that key; offers it and those right below it.

        With ``empty`` there is a blank choice first.
        """
        self.reach = reach
        self._select().choices = [("", "")] if empty else []
        near = self._within().filter(path__in=[reach]) | self._within().children_of(reach)
        self._set_choices(near.order_by("path"), keep=True)

    def prepare_value(self, value: Any) -> Any:
        """The code; a chosen committee that is not among those offered joins them."""
        code = value.code if isinstance(value, Committee) else value
        if code and code not in {choice for choice, _text in self._choices()}:
            self._set_choices(self._within().filter(code=code), keep=True)
        return code

    def to_python(self, value: Any) -> Committee | None:
        """The committee with that code. Raises `ValidationError` for one out of reach."""
        if value in self.empty_values:
            return None
        committee = self._within().filter(code=str(value).replace("\0", "")).first()
        if committee is None:
            raise ValidationError(_("Choose a committee at or below your own."), code="outside")
        return committee

    def _within(self) -> CommitteeQuerySet:
        return Committee.objects.below(self.reach).existing_on(timezone.localdate())

    def _select(self) -> forms.Select:
        return cast("forms.Select", self.widget)

    def _choices(self) -> list[tuple[str, str]]:
        return cast("list[tuple[str, str]]", list(self._select().choices))

    def _set_choices(self, committees: Iterable[Committee], *, keep: bool = False) -> None:
        kept = self._choices() if keep else []
        self._select().choices = [*kept, *((each.code, each.full_name) for each in committees)]
