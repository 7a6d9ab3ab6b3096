"""Workbooks: the one reader of xlsx, xls and csv, and the writer of refused rows.

Files from people come in through `read_in_child`; importers parse the raw cells of its rows with
`core.workbooks.cells` and give back what they refuse through `core.workbooks.writer`.
"""

from core.workbooks.errors import CellError, WorkbookRefused
from core.workbooks.reader import read_workbook
from core.workbooks.shapes import Cell, Column, Row, Sheet

__all__ = ["Cell", "CellError", "Column", "Row", "Sheet", "WorkbookRefused", "read_workbook"]
