"""From a pasted text to rows: a table with tabs, or lines as people write them in a chat."""

from __future__ import annotations

from datetime import date

from volunteers.desk.pasting.chats import read_chat
from volunteers.desk.pasting.shapes import Pasted, PastedRow
from volunteers.desk.pasting.tables import read_table

__all__ = ["Pasted", "PastedRow", "read_pasted"]


def read_pasted(text: str, *, today: date) -> Pasted:
    """Reads any text; raises nothing. Each row stems from one line, no line gives two.

    Lines that name nobody are returned: as left out what a chat says around a list (greetings,
    headings, counts) and titles whose day or time was taken over, as unread all others.
    """
    if "\t" in text:
        return read_table(text, today=today)
    return read_chat(text)
