"""Forms as views use them."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from core.web.refusals import Refusal

__all__ = ["RefusedReason", "posted", "show_refusal"]


@dataclass(frozen=True, slots=True)
class RefusedReason:
    """A reason that was not taken, for `components/reason_form.html`, as ``refused``.

    ``about`` says which form of the page it was: the key of what it is about, or a word.
    """

    about: int | str
    typed: str
    problem: str


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Adds the sentence to the field that it names, or to the form as a whole.

    Answer such a form with 422: the scope then keeps nothing of what went before the refusal.
    """
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form, even when it is nothing; None where the form is only shown."""
    return request.POST if request.method == "POST" else None
