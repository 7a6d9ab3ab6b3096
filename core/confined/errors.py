"""Errors that travel from a child to its parent, and are put into words where they are read.

Codes travel (between processes, into a job's result); sentences are made when they are read, in
the reader's language. Nothing here loads Django before a sentence is asked for: the child process
that parses files has no settings.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = ["PlainError", "gettext_noop"]

Param = str | int


def gettext_noop(text: str) -> str:
    """Mark `text` for the catalogue."""
    return text


class PlainError(Exception):
    """An error with a code and a sentence that says what to do."""

    sentences: ClassVar[dict[str, str]] = {}

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def message(self) -> str:
        """The sentence, in the language active now."""
        from django.utils.translation import gettext  # noqa: PLC0415 - see above

        return gettext(self.sentences[self.code]).format(**self.params)

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.code, self.params)


def _rebuilt(kind: type[PlainError], code: str, params: dict[str, Param]) -> PlainError:
    return kind(code, **params)
