"""People as the desk shows them, and whom a few typed letters may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db import connection

from core.crypto.blind_index import IDENTITY_NUMBER, possible_blind_indexes
from core.tenancy.keys import tier_of
from organizations.committees.models import Committee
from volunteers.desk.models import DraftRow
from volunteers.desk.pasting import PersonText, read_person
from volunteers.desk.summary.finding import BY_IDS, BY_NAME, BY_SPELLING, BY_TAIL, LAST_SERVED
from volunteers.registry.models import Volunteer, VolunteerIdentity

__all__ = ["Chosen", "Person", "chosen_from", "find_people", "people_shown", "visitor_found"]

_VISITOR = "desk.visitor"
_SHORTEST_TAIL = 3
_MOST_OF_A_PHONE = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who serves in a row: key, name and portal number as of the choice."""

    pk: int
    name: str
    number: str
    visitor: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a choice: enough to tell two of one name apart, nothing to misuse.

    ``id`` is what the page sends back: the portal number, or for a visitor a signed token. A
    visitor's entry is another committee's, so only name and number are known.
    """

    id: str
    number: str
    name: str
    township: str = ""
    age: int | None = None
    phone: str = ""
    last_served: date | None = None
    visitor: bool = False


def find_people(
    words: str, *, below: Committee, activity: str = "", limit: int
) -> tuple[list[Person], bool]:
    """At most ``limit`` people of the committee or under it whom ``words`` may mean.

    Best guess first: who served lately in ``activity``, who served lately here, who is active.
    The second value says whether there are more. Somebody of another committee is found by whole
    identity number and exact name together, and nothing is told of them but the portal number.
    """
    text = read_person(words)
    ids = _ids_of(text, below.path, activity, limit + 1)
    people = Volunteer.objects.in_bulk(ids)
    found = people_shown([people[pk] for pk in ids if pk in people][:limit], own=below)
    if not found and (visitor := visitor_found(text)):
        return [person_of_visitor(visitor)], False
    return found, len(ids) > limit


def people_shown(volunteers: Sequence[Volunteer], *, own: Committee) -> list[Person]:
    """The same people in the same order, in two queries."""
    paths = {person.committee_id for person in volunteers}
    places = Committee.objects.in_bulk(paths) if paths else {}
    served = _last_served([person.pk for person in volunteers])
    return [
        Person(
            id=person.number,
            number=person.number,
            name=person.name,
            township=places[person.committee_id].name_within(own),
            age=person.age,
            phone=person.phone_mask,
            last_served=served.get(person.pk),
        )
        for person in volunteers
    ]


def person_of_visitor(chosen: Chosen) -> Person:
    """A visitor as a choice."""
    token = signing.dumps([chosen.pk, chosen.name, chosen.number], salt=_VISITOR)
    return Person(id=token, number=chosen.number, name=chosen.name, visitor=True)


def visitor_found(text: PersonText) -> Chosen | None:
    """Somebody of another committee, named by whole identity number and name."""
    if not (text.identity and text.name):
        return None
    indexes = possible_blind_indexes(text.identity, purpose=IDENTITY_NUMBER)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, number FROM volunteers_find_visitors(%s, %s)",
            [indexes, [text.name] * len(indexes)],
        )
        row = cursor.fetchone()
    return Chosen(row[0], text.name, row[1], visitor=True) if row else None


def chosen_from(ids: Iterable[str], *, below: str) -> Mapping[str, Chosen]:
    """Who is meant by what pages sent back; whoever is out of reach is left out. One query."""
    asked = set(ids)
    chosen = {each: visitor for each in asked if (visitor := _visitor_from(each))}
    found = Volunteer.objects.below(below).filter(number__in=asked - chosen.keys())
    for person in found.only("pk", "name", "number"):
        chosen[person.number] = Chosen(person.pk, person.name, person.number)
    return chosen


def chosen_of(row: DraftRow) -> Chosen | None:
    """Who was chosen in a row."""
    if row.volunteer_id is None:
        return None
    return Chosen(row.volunteer_id, row.volunteer_name, row.volunteer_number, row.visitor)


def _visitor_from(token: str) -> Chosen | None:
    if ":" not in token:
        return None
    try:
        pk, name, number = signing.loads(token, salt=_VISITOR)
    except signing.BadSignature:
        return None
    return Chosen(pk, name, number, visitor=True)


def _ids_of(text: PersonText, path: str, activity: str, limit: int) -> list[int]:
    tier = tier_of(path)
    given: dict[str, str | int | list[int]] = {
        "path": path,
        "activity": activity,
        "limit": limit,
        "name": text.name,
        "spelling": text.spelling,
        "tail": text.tail[::-1],
    }
    if text.identity or text.phone or text.portal:
        given["ids"] = _ids_of_numbers(text, path)
        statement = BY_IDS[tier]
    elif len(text.tail) >= _SHORTEST_TAIL:
        statement = BY_TAIL[tier]
    elif text.name:
        statement = BY_NAME[tier]
    elif text.spelling:
        statement = BY_SPELLING[tier]
    else:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [pk for (pk,) in cursor.fetchall()]


def _ids_of_numbers(text: PersonText, path: str) -> list[int]:
    """Whom the whole numbers name; a telephone may be that of many."""
    ids: list[int] = []
    if text.identity:
        named = VolunteerIdentity.objects.with_number(text.identity)
        ids += named.values_list("pk", flat=True)
    if text.phone:
        named = VolunteerIdentity.objects.with_phone(text.phone).order_by("-pk")
        ids += named.values_list("pk", flat=True)[:_MOST_OF_A_PHONE]
    if text.portal:
        ids += Volunteer.objects.below(path).filter(number=text.portal).values_list("pk", flat=True)
    return ids


def _last_served(ids: list[int]) -> dict[int, date]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LAST_SERVED, {"ids": ids})
        return dict(cursor.fetchall())
