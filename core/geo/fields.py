"""A point in a form: one text, as it is copied from a map or written by the device itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.geo.points import InvalidPoint, Point, point_given

__all__ = ["PointField"]


class _PointInput(forms.TextInput):
    """With the words of the button that the script puts beside it, in the reader's language."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        said = {
            "data-position": "",
            "data-here": _("I am standing there now"),
            "data-refused": _("This device does not say where it is"),
            "autocomplete": "off",
        }
        return super().get_context(name, value, {**said, **(attrs or {})})


class PointField(forms.CharField):
    """Gives a `Point`, or None for an empty text."""

    default_error_messages = {
        "point": _("Copy the point from a map, as in “113.0512, 23.6820”, or leave it empty."),
    }

    def __init__(self, **kwargs: Any) -> None:
        given = {
            "label": _("Point on the map"),
            "help_text": _(
                "Copied from a map application, or by the button while standing there. People"
                " near it find it, and their map leads them there."
            ),
            "required": False,
            "max_length": 60,
            "widget": _PointInput(),
        }
        super().__init__(**{**given, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return point_given(text)
        except InvalidPoint as error:
            raise forms.ValidationError(self.error_messages["point"], code="point") from error

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Point) else value
