"""Telephone numbers in one stored form, so that equal numbers are equal texts.

Stored form: a mainland mobile as its 11 digits (``19900000000``), a mainland landline as area
code, hyphen, number (``0763-3366666``, with ``-801`` for an extension), service numbers as their
digits (``4008888888``), every other region in E.164 with the plus (``+85251234567``). Mainland
numbers stay as people write and dial them, so lists, workbooks and searches need no conversion;
only numbers from elsewhere start with a plus, so the forms cannot be confused.
"""

from __future__ import annotations

import re

import phonenumbers
from django.utils.translation import gettext as _

from core.identity.text import plain_text

__all__ = ["HOME_REGION", "InvalidPhone", "normalize_phone"]

HOME_REGION = "CN"
_HOME_CODE = 86
_MAINLAND_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_NOISE = re.compile(r"[\s\-‐-―−().·]")
_HOME_PREFIX = re.compile(r"(?:\+|00)86")
_SEVERAL = re.compile(r"[/、,，;；]")
_EXTENSION = re.compile(r"(0\d{2,3}[\s-]?\d{7,8})(?:-|转|ext\.?|#)\s*(\d{1,6})", re.IGNORECASE)


class InvalidPhone(ValueError):
    """A number nobody can dial.

    ``code``: missing, several, characters, length or unknown. ``message`` is a sentence for the
    person who entered it; neither repeats the number.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def normalize_phone(text: str) -> str:
    """The stored form of the number in ``text``; spaces, dashes and +86 are fine.

    A number of another region needs its plus and country code. Mainland mobiles are taken by form
    alone (11 digits, 13 to 19): carriers open new ranges faster than tables follow. Raises
    `InvalidPhone`.
    """
    if _MAINLAND_MOBILE.fullmatch(text):
        return text
    plain = plain_text(text)
    digits = _HOME_PREFIX.sub("", _NOISE.sub("", plain), count=1)
    if _MAINLAND_MOBILE.fullmatch(digits):
        return digits
    if not digits:
        raise InvalidPhone("missing", _("The phone number is missing. Enter it."))
    extension = _EXTENSION.fullmatch(plain)
    if extension:
        return f"{_other_number(extension[1])}-{extension[2]}"
    return _other_number(plain)


def _other_number(plain: str) -> str:
    """Whatever is no mainland mobile, judged by the tables of libphonenumber."""
    if _SEVERAL.search(plain):
        raise InvalidPhone(
            "several", _("Several phone numbers are given. Keep the one to be reached at.")
        )
    compact = _NOISE.sub("", plain)
    if not re.fullmatch(r"\+?[0-9]+", compact):
        raise InvalidPhone(
            "characters",
            _("The phone number contains something other than digits. Enter the digits only."),
        )
    try:
        number = phonenumbers.parse(compact, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise _unknown(compact) from error
    if not phonenumbers.is_valid_number(number):
        raise _unknown(compact)
    stored = _stored_form(number)
    if stored.startswith("0") and not compact.startswith(("0", "+", "86")):
        # Without its 0, a landline of Beijing looks like a mobile that lost a digit.
        raise _unknown(compact)
    return stored


def _stored_form(number: phonenumbers.PhoneNumber) -> str:
    if number.country_code != _HOME_CODE:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = phonenumbers.national_significant_number(number)
    if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.FIXED_LINE:
        return national
    area = phonenumbers.length_of_geographical_area_code(number)
    return f"0{national[:area]}-{national[area:]}" if area else national


def _unknown(compact: str) -> InvalidPhone:
    """The number has the form of none; most often a digit of a mobile is missing or doubled."""
    looks_mobile = re.fullmatch(r"1[3-9][0-9]*", compact)
    if looks_mobile and len(compact) != 11:
        return InvalidPhone(
            "length",
            _(
                "The phone number has {length} digits; a mobile number has 11. Compare it with "
                "the person's record and correct it."
            ).format(length=len(compact)),
        )
    return InvalidPhone(
        "unknown",
        _(
            "Nobody can be reached at this phone number. Enter 11 digits for a mobile, the area "
            "code for a landline, or + and the country code for another region."
        ),
    )
