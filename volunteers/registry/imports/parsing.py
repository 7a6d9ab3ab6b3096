"""From a roster's row to a person, or to the first fault in the order of the checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, ParamSpec, TypeVar

from core.identity.ages import is_minor
from core.identity.documents import DocumentKind
from core.identity.identity_numbers import (
    Gender,
    IdentityNumber,
    InvalidIdentityNumber,
    parse_identity_number,
)
from core.workbooks import Cell, CellError, Row
from core.workbooks.cells import (
    parse_date,
    parse_identity,
    parse_name,
    parse_phone,
    parse_text,
)
from volunteers.registry.domain import split_skills
from volunteers.registry.imports.faults import RosterFault
from volunteers.registry.imports.townships import Townships

__all__ = ["Person", "RosterParser", "RowRefused"]

P = ParamSpec("P")
T = TypeVar("T")

_GENDERS = {
    "男": Gender.MALE, "男性": Gender.MALE, "male": Gender.MALE, "m": Gender.MALE,
    "女": Gender.FEMALE, "女性": Gender.FEMALE, "female": Gender.FEMALE, "f": Gender.FEMALE,
}  # fmt: skip
_MOST_NAME, _MOST_STATUS, _MOST_SKILL = 50, 20, 30


class Person(NamedTuple):
    """A row that can be registered as far as the file alone can tell."""

    row: int
    township: str
    name: str
    gender: Gender
    birth_date: date
    document_kind: DocumentKind
    id_number: str
    phone: str
    political_status: str
    skills: list[str]
    registered_on: date
    guardian_name: str
    guardian_phone: str


class RowRefused(Exception):
    """The row's first fault."""

    def __init__(self, field: str, fault: CellError) -> None:
        super().__init__(field, fault)
        self.field = field
        self.fault = fault


@dataclass(frozen=True, slots=True)
class RosterParser:
    """Reads rows of one roster, whose earlier rows it remembers.

    `today` decides who is under 18 and what is in the future.
    """

    townships: Townships
    today: date
    rows_by_number: dict[str, int]

    def parse(self, row: Row) -> Person:
        """The person in ``row``, whose values follow `ROSTER_COLUMNS`. Raises `RowRefused`."""
        (
            name, gender, id_number, phone, status, township, skills, registered_on, guardian,
            guardian_phone,
        ) = row.values  # fmt: skip
        number = _checked("id_number", self._number, id_number)
        earlier = self.rows_by_number.setdefault(number.number, row.number)
        _checked("gender", _check_gender, gender, number)
        person = Person(
            row=row.number,
            phone=_checked("phone", _phone, phone),
            township=_checked("township", self._township, township),
            guardian_phone=_checked(
                "guardian_phone", self._guardian_phone, guardian_phone, number.birth_date
            ),
            name=_checked("name", _name, name),
            gender=number.gender,
            birth_date=number.birth_date,
            document_kind=_document_kind(number),
            id_number=number.number,
            political_status=_checked("political_status", _status, status),
            skills=_checked("skills", _skills, skills),
            registered_on=_checked(
                "registered_on", self._registered_on, registered_on, number.birth_date
            ),
            guardian_name=_checked(
                "guardian_name", self._guardian_name, guardian, number.birth_date
            ),
        )
        if earlier != row.number:
            raise RowRefused("duplicate", RosterFault("repeated", row=earlier))
        return person

    def _number(self, cell: Cell) -> IdentityNumber:
        text = parse_identity(cell)
        try:
            return parse_identity_number(text, today=self.today)
        except InvalidIdentityNumber as error:
            raise RosterFault("said", message=error.message) from error

    def _township(self, cell: Cell) -> str:
        return self.townships.path_of(parse_text(cell))

    def _guardian_name(self, cell: Cell, birth_date: date) -> str:
        return _short(parse_name(cell), _MOST_NAME) if is_minor(birth_date, self.today) else ""

    def _guardian_phone(self, cell: Cell, birth_date: date) -> str:
        """Of minors only: an adult's guardian is nobody's business."""
        if not is_minor(birth_date, self.today):
            return ""
        phone = parse_phone(cell)
        if not phone:
            raise RosterFault("guardian_phone_missing")
        return phone

    def _registered_on(self, cell: Cell, birth_date: date) -> date:
        day = parse_date(cell) or self.today
        if day > self.today:
            raise RosterFault("registered_in_future", date=day.isoformat())
        if day <= birth_date:
            raise RosterFault("registered_before_birth", date=day.isoformat())
        return day


def _checked(field: str, check: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return check(*args, **kwargs)
    except CellError as fault:
        raise RowRefused(field, fault) from fault


def _check_gender(cell: Cell, number: IdentityNumber) -> None:
    """A blank cell is no contradiction."""
    text = parse_text(cell)
    if not text:
        return
    written = _GENDERS.get(text.casefold())
    if written is None:
        raise RosterFault("gender_unknown", value=text[:30])
    if written != number.gender:
        raise RosterFault(f"document_says_{number.gender}")


def _phone(cell: Cell) -> str:
    phone = parse_phone(cell)
    if not phone:
        raise RosterFault("phone_missing")
    return phone


def _name(cell: Cell) -> str:
    name = parse_name(cell)
    if not name:
        raise RosterFault("name_missing")
    if len(name) > _MOST_NAME:
        raise RosterFault("name_too_long", limit=_MOST_NAME)
    return name


def _status(cell: Cell) -> str:
    return _short(parse_text(cell), _MOST_STATUS)


def _skills(cell: Cell) -> list[str]:
    parts = split_skills(parse_text(cell))
    return list(dict.fromkeys(_short(part, _MOST_SKILL) for part in parts))


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise RosterFault("text_too_long", limit=limit)
    return text


def _document_kind(number: IdentityNumber) -> DocumentKind:
    return DocumentKind.RESIDENCE_PERMIT if number.is_permit else DocumentKind.IDENTITY_CARD
