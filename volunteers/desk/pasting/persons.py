"""What somebody typed to name a person, taken apart: name, pinyin, whole numbers, last digits."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from core.identity.names import normalize_name
from core.identity.phones import InvalidPhone, normalize_phone
from core.identity.text import plain_text

__all__ = ["PersonText", "read_person"]

_IDENTITY = re.compile(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])", re.IGNORECASE)
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[ -]?)?(1[3-9][0-9](?:[ -]?[0-9]{4}){2})(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])0[0-9]{2,3}[ -]?[0-9]{7,8}(?![0-9])")
_PORTAL = re.compile(r"(?<![0-9])[0-9]{9,10}(?![0-9])")
_PASSPORT = re.compile(
    r"(?<![0-9A-Z])(?=[A-Z0-9]*[0-9]{5})[A-Z][A-Z0-9]{6,13}(?![0-9A-Z])", re.IGNORECASE
)
_TAIL = re.compile(r"(?<![0-9A-Z])(?:[0-9]{3,6}|[0-9]{2,5}X)(?![0-9A-Z])", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z][A-Za-z '’-]*")
_LABELS = re.compile(
    r"尾号|后四位|后4位|身份证号?码?|手机号?码?|电话号?码?|证件号?码?|志愿者号|[:：]"
)
_EDGES = " \t@、,，.。;；()（）[]【】<>《》“”\"'-—_/|*·"
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class PersonText:
    """What a text says about a person; empty where it does not.

    ``spelling`` is set instead of ``name`` for letters alone. ``tail`` holds the last three or
    four characters of a telephone or identity number. ``rest`` is whether digits were left over
    that are none of these.
    """

    name: str = ""
    spelling: str = ""
    identity: str = ""
    phone: str = ""
    portal: str = ""
    tail: str = ""
    rest: bool = False

    @property
    def has_number(self) -> bool:
        """Whether any number was given."""
        return bool(self.identity or self.phone or self.portal or self.tail)

    @property
    def is_nothing(self) -> bool:
        """Whether nobody is named."""
        return not (self.name or self.spelling or self.has_number)


def read_person(text: str) -> PersonText:
    """The parts of ``text``, such as ``张伟 13800000000``, ``zw 0006`` or ``@张伟(尾号0006)``."""
    left = _LABELS.sub(" ", plain_text(text))
    found: dict[str, str] = {}
    for part, pattern in (
        ("identity", _IDENTITY),
        ("phone", _MOBILE),
        ("phone", _LANDLINE),
        ("portal", _PORTAL),
        ("identity", _PASSPORT),
        ("tail", _TAIL),
    ):
        if part not in found and (match := pattern.search(left)):
            found[part] = match[0]
            left = f"{left[: match.start()]} {left[match.end() :]}"
    words = left.strip(_EDGES)
    rest = bool(_DIGIT.search(words))
    letters = not rest and bool(_LETTERS.fullmatch(words))
    return PersonText(
        name="" if letters or rest else normalize_name(words),
        spelling=re.sub(r"[ '’-]", "", words).lower() if letters else "",
        identity=found.get("identity", "").upper(),
        phone=_phone(found.get("phone", "")),
        portal=found.get("portal", ""),
        tail=found.get("tail", "").upper()[-4:],
        rest=rest,
    )


def _phone(text: str) -> str:
    if not text:
        return ""
    with suppress(InvalidPhone):
        return normalize_phone(text)
    return ""
