"""What people type: without outer blanks, not missing, and not longer than is kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.web.refusals import Refusal

__all__ = ["text_given"]


def text_given(text: str, *, field: str, most: int | None, missing: str = "") -> str:
    """``text`` without outer blanks.

    Raises `Refusal` beside ``field``: with the sentence ``missing``, if there is one, for an empty
    text, and for one of more than ``most`` characters.
    """
    text = text.strip()
    if missing and not text:
        raise Refusal(missing, code=f"{field}_missing", field=field)
    if most is not None and len(text) > most:
        message = _("The text has {length} characters; up to {most} are kept.")
        raise Refusal(
            message.format(length=len(text), most=most), code=f"{field}_too_long", field=field
        )
    return text
