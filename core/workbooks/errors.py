"""Why a file or a cell is refused, said so that the person at the desk can mend it."""

from __future__ import annotations

from typing import ClassVar

from core.confined.errors import PlainError, gettext_noop

__all__ = ["CellError", "PlainError", "WorkbookRefused", "gettext_noop"]


class WorkbookRefused(PlainError):
    """The file as a whole is not taken."""

    sentences: ClassVar[dict[str, str]] = {
        "encrypted": gettext_noop(
            "The workbook is protected by a password. Remove the password in Excel or WPS, "
            "save the workbook and choose it again."
        ),
        "broken": gettext_noop(
            "The file is damaged or incomplete. Open it in Excel or WPS, save it as a new "
            ".xlsx workbook and choose that one."
        ),
        "macros": gettext_noop(
            "The workbook holds macros. Save it as an ordinary workbook (.xlsx) and choose "
            "that one."
        ),
        "wrong_type": gettext_noop(
            "This file is no workbook. Save the table as .xlsx, .xls or .csv and choose that file."
        ),
        "web_page": gettext_noop(
            "This file is a web page or XML under a workbook's name. Open it in Excel or WPS, "
            "save it as .xlsx and choose that file."
        ),
        "too_large": gettext_noop(
            "The workbook takes more than {limit} MB unpacked. Delete pictures and sheets that "
            "are not needed, or divide it into several files."
        ),
        "too_dense": gettext_noop(
            "The workbook unpacks to more than {limit} times its size, as no ordinary workbook "
            "does. Copy the table into a new workbook and choose that one."
        ),
        "too_many_rows": gettext_noop(
            "The sheet “{sheet}” reaches down to row {rows}; at most {limit} rows are read at "
            "once. Delete what stands below the table, or divide it into several files."
        ),
        "too_wide": gettext_noop(
            "The sheet “{sheet}” is {width} columns wide; at most {limit} are read. Delete what "
            "stands to the right of the table."
        ),
        "empty": gettext_noop("The workbook is empty. Check that you chose the right file."),
        "no_sheet": gettext_noop("The workbook has no sheet “{sheet}”. Choose one of its sheets."),
        "no_column": gettext_noop(
            "The sheet “{sheet}” has no column {number}. Choose the columns again."
        ),
        "too_much_memory": gettext_noop(
            "Reading the workbook takes more than {limit} MB of memory. Copy the table alone "
            "into a new workbook, or divide it into several files."
        ),
        "too_slow": gettext_noop(
            "Reading the workbook takes longer than {limit} seconds. Copy the table alone into "
            "a new workbook, or divide it into several files."
        ),
    }


class CellError(PlainError):
    """One cell cannot be taken as what its column holds."""

    sentences: ClassVar[dict[str, str]] = {
        "said": "{message}",  # another rule's own sentence
        "date_unknown": gettext_noop("“{value}” is not a date. Write it as 2026-05-03."),
        "date_impossible": gettext_noop(
            "“{value}” is not a day of the calendar. Check year, month and day."
        ),
        "date_no_day": gettext_noop(
            "“{value}” lacks the day. Write the whole date, as 2026-05-03."
        ),
        "date_no_month": gettext_noop("“{value}” is only a year. Write the month too, as 2026-05."),
        "date_no_year": gettext_noop(
            "“{value}” lacks the year. Write the whole date, as 2026-05-03."
        ),
        "date_short_year": gettext_noop(
            "“{value}” has no year of four digits. Write the whole date, as 2026-05-03."
        ),
        "date_day_first": gettext_noop(
            "“{value}” can be read in two ways. Write the date with the year first, as 2026-05-03."
        ),
        "date_january_or_october": gettext_noop(
            "The number {value} can be January or October. Write the month as {year}-01 or "
            "{year}-10."
        ),
        "time_unknown": gettext_noop("“{value}” is not a time of day. Write it as 08:30."),
        "time_impossible": gettext_noop(
            "“{value}” is not a time of day. Hours go from 0 to 23, minutes from 0 to 59."
        ),
        "time_range": gettext_noop(
            "“{value}” holds two times. Write the start and the end each in its own column."
        ),
        "time_midnight": gettext_noop(
            "“{value}” is midnight. Write 23:59, and what comes after as a row of the next day."
        ),
        "time_noon_or_midnight": gettext_noop(
            "“{value}” can be noon or midnight. Write 12:00 or 00:00."
        ),
        "hours_unknown": gettext_noop(
            "“{value}” is not a number of hours. Write it as 2.5 or as 2:30."
        ),
        "hours_as_date": gettext_noop(
            "The cell is formatted as a date. Format it as a number and write the hours again, "
            "as 2.5."
        ),
        "hours_negative": gettext_noop(
            "“{value}” is less than nothing. Write the hours served, as 2.5."
        ),
        "hours_too_many": gettext_noop(
            "“{value}” is too much for one record. Write the hours served, as 2.5."
        ),
        "identity_number_cell": gettext_noop(
            "The spreadsheet turned the identity number into a number and lost its last digits. "
            "Format the column as text and enter the number again from the document."
        ),
        "identity_not_text": gettext_noop(
            "The cell holds no identity number. Format the column as text and write the number "
            "from the document."
        ),
        "phone_number_cell": gettext_noop(
            "The spreadsheet has changed the telephone number. Format the column as text and "
            "write all 11 digits again."
        ),
        "count_unknown": gettext_noop("“{value}” is not a whole number. Write digits only."),
        "answer_unknown": gettext_noop("“{value}” is neither yes nor no. Write yes or no."),
    }
