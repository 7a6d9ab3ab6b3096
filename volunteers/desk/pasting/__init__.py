"""Reading what people paste. Pure: no database, never an exception, never a row without a line."""

from volunteers.desk.pasting.persons import PersonText, read_person
from volunteers.desk.pasting.reading import Pasted, PastedRow, read_pasted
from volunteers.desk.pasting.yearless import with_year

__all__ = ["Pasted", "PastedRow", "PersonText", "read_pasted", "read_person", "with_year"]
