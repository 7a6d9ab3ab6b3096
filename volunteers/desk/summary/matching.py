"""Who is meant by what stands in a row: settled where it is exact, a choice where it is not.

Many rows are matched at once, in a handful of queries whatever their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from core.crypto.blind_index import (
    IDENTITY_NUMBER,
    PHONE,
    blind_index,
    old_blind_index,
    possible_blind_indexes,
)
from core.identity.names import same_name
from core.tenancy.keys import tier_of
from core.workbooks.text import shown
from volunteers.desk.pasting import PersonText, read_person
from volunteers.desk.summary.faults import DeskFault
from volunteers.desk.summary.lookups import FIND_VISITORS, LOOK_UP
from volunteers.desk.summary.people import Chosen

__all__ = ["MOST_CANDIDATES", "Match", "match_people"]

MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class _Hit:
    """One volunteer by one of the ways in which a text can name somebody."""

    way: str
    pk: int
    name: str
    number: str
    withdrawn: bool
    tails: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a text: ``settled``, or a fault with those who may be meant."""

    settled: Chosen | None = None
    fault: DeskFault | None = None
    candidates: tuple[int, ...] = field(default=())


def match_people(texts: Collection[str], *, below: str) -> Mapping[str, Match]:
    """For each text who is meant, of those at or below the path key ``below``.

    A whole identity or portal number settles by itself when no name contradicts it, a telephone
    with the name of one who has it, a name that only one person here has and no number
    contradicts. Everything else is a choice or unknown; nobody is guessed. A person of another
    committee is settled on by whole identity number and exact name.
    """
    read = {text: read_person(text) for text in texts}
    asked = [text for text, person in read.items() if not person.is_nothing]
    hits = _looked_up([read[text] for text in asked], below)
    matches = {text: _match(read[text], hits[place]) for place, text in enumerate(asked)}
    visitors = _visitors(
        text for text, match in matches.items() if match.settled is None and not match.candidates
    )
    matches |= {text: Match(settled=visitor) for text, visitor in visitors.items()}
    return {text: matches.get(text) or _no_name(text) for text in texts}


def _match(text: PersonText, hits: list[_Hit]) -> Match:
    by_number = [hit for hit in hits if hit.way in {"identity", "portal", "phone"}]
    by_name = [hit for hit in hits if hit.way == "name"]
    if text.identity or text.portal or text.phone:
        found = _of_number(text, by_number, by_name)
    elif text.tail:
        found = _of_tail(text, hits, by_name)
    elif text.name:
        found = _of_name(text, by_name, hits)
    else:
        found = _choice("choose_likely", hits)
    if text.rest and found.settled is not None:
        return Match(fault=DeskFault("choose_likely"), candidates=(found.settled.pk,))
    return found


def _of_number(text: PersonText, by_number: list[_Hit], by_name: list[_Hit]) -> Match:
    named = [hit for hit in by_number if not text.name or same_name(hit.name, text.name)]
    people = {hit.pk for hit in named}
    several_numbers = len({hit.pk for hit in by_number if hit.way != "phone"}) > 1
    if not by_number:
        if by_name and not text.identity:
            return _choice("choose_contradiction", by_name)
        code = "unknown_phone" if text.phone else "unknown_volunteer"
        return _choice("choose_contradiction", by_name) if by_name else _nobody(code)
    if not named or several_numbers:
        return _choice("choose_contradiction", [*by_number, *by_name])
    if not text.name and all(hit.way == "phone" for hit in named):
        return _choice("choose_phone", named)
    if len(people) > 1:
        return _choice("several_volunteers", named)
    return _settled(named[0])


def _of_tail(text: PersonText, hits: list[_Hit], by_name: list[_Hit]) -> Match:
    tail = text.tail[::-1]
    if not text.name:
        return _choice("choose_likely", hits, nobody="unknown_number")
    agreeing = [hit for hit in hits if hit.way == "named_tail"]
    agreeing += [hit for hit in by_name if any(each.startswith(tail) for each in hit.tails)]
    if len({hit.pk for hit in agreeing}) == 1:
        return _settled(agreeing[0])
    if agreeing:
        return _choice("choose_name", agreeing, name=text.name)
    if by_name:
        return _choice("choose_contradiction", by_name)
    return _unknown_name(text, hits)


def _of_name(text: PersonText, by_name: list[_Hit], hits: list[_Hit]) -> Match:
    serving = [hit for hit in by_name if not hit.withdrawn]
    if len({hit.pk for hit in serving}) == 1:
        return _settled(serving[0])
    if serving:
        return _choice("choose_name", serving, name=text.name)
    if by_name:
        return Match(fault=DeskFault("withdrawn"))
    return _unknown_name(text, hits)


def _unknown_name(text: PersonText, hits: list[_Hit]) -> Match:
    likely = [hit for hit in hits if hit.way == "begins"]
    if likely and len(text.name) == 1:
        return _choice("choose_likely", likely)
    return Match(fault=DeskFault("unknown_name", name=text.name))


def _settled(hit: _Hit) -> Match:
    if hit.withdrawn:
        return Match(fault=DeskFault("withdrawn"))
    return Match(settled=Chosen(hit.pk, hit.name, hit.number))


def _no_name(text: str) -> Match:
    """What can be nobody's name or number."""
    return Match(fault=DeskFault("unknown_name", name=shown(text)))


def _nobody(code: str) -> Match:
    return Match(fault=DeskFault(code))


def _choice(code: str, hits: Iterable[_Hit], *, nobody: str = "", name: str = "") -> Match:
    """Those who serve, each once; where none is left, a fault."""
    people = list(dict.fromkeys(hit.pk for hit in hits if not hit.withdrawn))
    if not people:
        return _nobody(nobody or "unknown_number")
    fault = DeskFault(code)
    if code == "choose_name":
        fault = DeskFault(code, name=name, count=len(people))
    return Match(fault=fault, candidates=tuple(people[:MOST_CANDIDATES]))


def _looked_up(people: list[PersonText], below: str) -> Mapping[int, list[_Hit]]:
    """The hits of each of ``people``, by its place; one statement."""
    found: dict[int, list[_Hit]] = defaultdict(list)
    if not people:
        return found
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP[tier_of(below)], {"path": below, **_columns(people)})
        for place, way, pk, name, number, state, *tails in cursor:
            gone = state == "withdrawn"
            found[place - 1].append(_Hit(way, pk, name, number, gone, (tails[0], tails[1])))
    return found


def _columns(people: list[PersonText]) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = defaultdict(list)
    for person in people:
        columns["names"].append(person.name or None)
        columns["spellings"].append(person.spelling or None)
        for prefix, index in (("", blind_index), ("old_", old_blind_index)):
            columns[f"{prefix}identities"].append(
                index(person.identity, purpose=IDENTITY_NUMBER) if person.identity else None
            )
            columns[f"{prefix}phones"].append(
                index(person.phone, purpose=PHONE) if person.phone else None
            )
        columns["portals"].append(person.portal or None)
        columns["tails"].append(person.tail[::-1] or None)
    return columns


def _visitors(texts: Iterable[str]) -> dict[str, Chosen]:
    """Those of other committees, by whole identity number and exact name; one query."""
    asked = [
        (text, person.name, index)
        for text in texts
        if (person := read_person(text)).identity and person.name
        for index in possible_blind_indexes(person.identity, purpose=IDENTITY_NUMBER)
    ]
    if not asked:
        return {}
    indexes = [index for _text, _name, index in asked]
    with connection.cursor() as cursor:
        cursor.execute(FIND_VISITORS, [indexes, [name for _text, name, _index in asked]])
        return {
            asked[place - 1][0]: Chosen(pk, asked[place - 1][1], number, visitor=True)
            for place, pk, number in cursor.fetchall()
        }
