"""Takes a table of divisions: creates what is new, renames what is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.places import place_initials, place_pinyin
from core.web.refusals import Refusal
from organizations.committees.domain.naming import LEVELS, NAME_FIELDS, full_name_below
from organizations.committees.domain.numbering import ChildNumbers
from organizations.committees.models import Committee, Kind, Level

__all__ = ["Division", "DivisionsTaken", "take_divisions"]

# GB/T 2260 and its extensions: how many digits the code of each level has.
_DIGITS = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9}
_ONE_LOAD_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('organizations.divisions'))"


@dataclass(frozen=True, slots=True)
class Division:
    """A row of the table; ``parent`` is a code, empty for a province."""

    line: int
    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class DivisionsTaken:
    """How many committees were created, renamed, and found as they are."""

    created: int
    renamed: int
    unchanged: int


def take_divisions(divisions: Sequence[Division]) -> DivisionsTaken:
    """Creates or renames regional committees so that they are as the table says.

    Children are numbered in the order of their codes, new ones after the highest number that
    stands, so keys are the same whenever the table is taken again. What the table does not name
    stays; so does a closed committee. A division that joins brothers which stand already opens
    today: figures of days past keep their denominator.

    Runs inside the scope of a job. Raises `Refusal` for an empty table, a code twice, an unknown
    parent, a wrong level or a parent other than the one that stands; nothing has changed then.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_LOAD_AT_A_TIME)
    standing = {committee.code: committee for committee in Committee.objects.order_by("path")}
    table = _checked_table(divisions, standing)
    created = _create(table, standing)
    renamed = _rename(table, standing)
    return DivisionsTaken(created, renamed, len(table) - created - renamed)


def _checked_table(
    divisions: Sequence[Division], standing: Mapping[str, Committee]
) -> dict[str, Division]:
    if not divisions:
        raise Refusal(_("The file holds no divisions."), code="empty_table")
    table: dict[str, Division] = {}
    for division in divisions:
        if division.code in table:
            raise _refusal(division, _("the code is in the file twice."), "duplicate_code")
        table[division.code] = division
    levels = {code: committee.level for code, committee in standing.items()}
    levels |= {code: division.level for code, division in table.items()}
    for division in divisions:
        _check_itself(division)
        _check_parent(division, levels)
        _check_against_standing(division, standing)
    _check_skipped_levels(table, standing)
    return table


def _check_itself(division: Division) -> None:
    for value, name, most in ((division.code, "code", 20), (division.name, "name", 100)):
        if not 0 < len(value) <= most:
            said = _("the {column} is missing or longer than {most} characters.")
            raise _refusal(division, said.format(column=name, most=most), f"wrong_{name}")
    if division.level not in LEVELS:
        said = _("the level “{level}” is none of {levels}.")
        raise _refusal(
            division, said.format(level=division.level, levels=", ".join(LEVELS)), "wrong_level"
        )
    digits = _DIGITS[Level(division.level)]
    is_division_code = division.code.isdecimal() and len(division.code) in _DIGITS.values()
    if is_division_code and len(division.code) != digits:
        said = _("a {level} has a code of {digits} digits.")
        raise _refusal(division, said.format(level=division.level, digits=digits), "wrong_level")


def _check_parent(division: Division, levels: Mapping[str, str]) -> None:
    if division.level == Level.PROVINCE:
        if division.parent:
            raise _refusal(division, _("a province has no parent."), "wrong_level")
        return
    above = levels.get(division.parent)
    if above is None:
        said = _("the parent “{parent}” is neither in the file nor known already.")
        raise _refusal(division, said.format(parent=division.parent), "unknown_parent")
    steps = LEVELS.index(division.level) - LEVELS.index(above) if above in LEVELS else 0
    if steps != 1 and (above, division.level) != (Level.CITY, Level.TOWNSHIP):
        said = _("a {level} cannot be right below the {above} {parent}.")
        raise _refusal(
            division,
            said.format(level=division.level, above=above, parent=division.parent),
            "wrong_level",
        )


def _check_against_standing(division: Division, standing: Mapping[str, Committee]) -> None:
    parent = standing.get(division.parent)
    committee = standing.get(division.code)
    if committee is None:
        if parent is not None and parent.closed_on is not None:
            said = _("the parent {parent} has been closed.")
            raise _refusal(division, said.format(parent=division.parent), "unknown_parent")
        return
    if committee.level != division.level:
        said = _("it stands as a {level}; a level never changes.")
        raise _refusal(division, said.format(level=committee.level), "wrong_level")
    if committee.parent_id != (parent.path if parent else None):
        said = _("it stands below another parent; close it and open its successor instead.")
        raise _refusal(division, said, "other_parent")


def _check_skipped_levels(table: Mapping[str, Division], standing: Mapping[str, Committee]) -> None:
    """Townships stand right below a city only where it has no counties (东莞, 中山)."""
    with_counties = {each.parent for each in table.values() if each.level == Level.COUNTY}
    with_townships = {each.parent for each in table.values() if each.level == Level.TOWNSHIP}
    codes = {committee.path: code for code, committee in standing.items()}
    for committee in standing.values():
        if committee.kind == Kind.REGIONAL and committee.closed_on is None:
            parent = codes.get(committee.parent_id or "", "")
            if committee.level == Level.COUNTY:
                with_counties.add(parent)
            elif committee.level == Level.TOWNSHIP:
                with_townships.add(parent)
    for division in table.values():
        mixed = division.parent in with_counties and division.parent in with_townships
        if mixed:
            said = _("the city {parent} would have counties and townships side by side.")
            raise _refusal(division, said.format(parent=division.parent), "wrong_level")


def _create(table: Mapping[str, Division], standing: dict[str, Committee]) -> int:
    numbers = ChildNumbers(committee.path for committee in standing.values())
    brothers = {committee.parent_id for committee in standing.values()}
    new = [division for code, division in table.items() if code not in standing]
    made = []
    for division in sorted(new, key=lambda each: (LEVELS.index(each.level), each.code)):
        parent = standing.get(division.parent)
        joins = parent is not None and parent.path in brothers
        committee = Committee(
            path=numbers.next_below(parent.path if parent else ""),
            parent=parent,
            code=division.code,
            level=division.level,
            opened_on=_today() if joins else None,
        )
        _name(committee, parent, division.name)
        standing[division.code] = committee
        made.append(committee)
    Committee.objects.bulk_create(made, batch_size=2000)
    return len(made)


def _rename(table: Mapping[str, Division], standing: Mapping[str, Committee]) -> int:
    """Names what is called otherwise; names below it follow. Returns the former's number."""
    by_path = {committee.path: committee for committee in standing.values()}
    renamed, changed = 0, []
    for path in sorted(by_path):
        committee = by_path[path]
        if committee.closed_on is not None:
            continue
        division = table.get(committee.code)
        name = division.name if division else committee.name
        before = (committee.name, committee.full_name)
        _name(committee, by_path.get(committee.parent_id or ""), name)
        renamed += committee.name != before[0]
        if (committee.name, committee.full_name) != before:
            changed.append(committee)
    Committee.objects.bulk_update(changed, NAME_FIELDS, batch_size=500)
    return renamed


def _name(committee: Committee, parent: Committee | None, name: str) -> None:
    committee.full_name = full_name_below(parent, name)
    if committee.name != name:
        committee.name = name
        committee.pinyin = place_pinyin(name)
        committee.initials = place_initials(name)


def _today() -> date:
    return timezone.localdate()


def _refusal(division: Division, what: str, code: str) -> Refusal:
    message = _("Line {line}, {code} {name}: {what}")
    return Refusal(
        message.format(line=division.line, code=division.code, name=division.name, what=what),
        code=code,
    )
