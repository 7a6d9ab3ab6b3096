"""Synthetic volunteers: drawn from a seed, marked as synthetic, at COPY speed.

Names combine common family and given names and belong to nobody; identity numbers carry
unassigned area codes from 449999 downwards with a right check digit, telephones are 1990002xxxx
to 1990009xxxx.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import psycopg

from core.crypto.blind_index import IDENTITY_NUMBER, PHONE, blind_indexes
from core.crypto.masks import mask_identity_number, mask_phone
from core.crypto.sealing import seal, sealing_context
from core.identity.identity_numbers import check_character
from core.identity.names import pinyin_initials, pinyin_key
from portal.demo.progress import Progress

__all__ = ["add_people"]

_FAMILY = "陈李黄张梁林王刘吴何罗郑杨曾谢邓叶周许钟冯卢蔡朱潘苏廖曹彭徐"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华文玲桂欣宇浩晨子涵思雨梓轩嘉怡佳琪俊豪"
_SKILLS = ("助老", "支教", "应急救援", "法律咨询", "电商直播", "心理辅导", "环保", "文艺", "")
_STATUS = ("共青团员", "群众", "中共党员", "少先队员")
_BATCH = 20_000
# Birth dates of adults: with a thousand sequences, eight million people an area.
_OLDEST = date(1962, 1, 1)
_BIRTH_DAYS = 16_000

_COPY_PEOPLE = """
    COPY volunteers_volunteer (
        id, committee_id, name, pinyin, initials, gender, birth_date, political_status, skills,
        state, registered_on, source, consent_on, consent_evidence, guardian_name,
        identity_mask, phone_mask, guardian_phone_mask, created_at
    ) FROM STDIN
"""
_COPY_IDENTITIES = """
    COPY volunteers_volunteeridentity (
        volunteer_id, committee_id, document_kind, number_sealed, number_index, phone_sealed,
        phone_index
    ) FROM STDIN WITH (FORMAT BINARY)
"""


@dataclass(frozen=True, slots=True)
class _Person:
    key: int
    committee: str
    name: str
    gender: str
    born: date
    registered: date
    number: str
    phone: str


def add_people(
    cursor: psycopg.Cursor[Any],
    *,
    committees: Sequence[str],
    count: int,
    today: date,
    seed: int,
    progress: Progress,
) -> tuple[int, int]:
    """Adds ``count`` people over ``committees`` (paths), some larger than others.

    Returns the first and the last key. The registration dates lie in the last five years.
    """
    cursor.execute("SELECT coalesce(max(id), 0) FROM volunteers_volunteer")
    first = _number(cursor) + 1
    random = Random(seed)  # noqa: S311  (repeatable, not secret)
    weights = [random.uniform(0.5, 2.5) for _ in committees]
    places = random.choices(committees, weights, k=count)
    for start in range(0, count, _BATCH):
        batch = list(_people(random, first + start, places[start : start + _BATCH], today))
        _copy(cursor, batch, today)
        progress.show(min(start + _BATCH, count), count)
    cursor.execute("SELECT setval('volunteers_volunteer_id_seq', %s)", [first + count])
    return first, first + count - 1


def _people(random: Random, first: int, places: Sequence[str], today: date) -> Iterator[_Person]:
    for key, committee in enumerate(places, start=first):
        # Coprime steps: within a round of birth dates none comes twice, and each round has two
        # sequences of its own, one for either gender; past 500 rounds comes the next area.
        born = _OLDEST + timedelta(days=key * 7919 % _BIRTH_DAYS)
        area, round_of_area = divmod(key // _BIRTH_DAYS, 500)
        sequence = 2 * round_of_area + (key * 2_654_435_761 >> 9) % 2
        first17 = f"{449_999 - area}{born:%Y%m%d}{sequence:03d}"
        yield _Person(
            key=key,
            committee=committee,
            name=random.choice(_FAMILY)
            + "".join(random.choices(_GIVEN, k=random.choice((1, 2, 2)))),
            gender="male" if sequence % 2 else "female",
            born=born,
            registered=today - timedelta(days=int(random.triangular(1, 1800, 300))),
            number=first17 + check_character(first17),
            phone=f"199000{20_000 + key % 80_000}",
        )


def _copy(cursor: psycopg.Cursor[Any], people: Sequence[_Person], today: date) -> None:
    with cursor.copy(_COPY_PEOPLE) as copy:
        for person in people:
            copy.write_row(
                (
                    person.key,
                    person.committee,
                    person.name,
                    pinyin_key(person.name),
                    pinyin_initials(person.name),
                    person.gender,
                    person.born,
                    _STATUS[person.key % len(_STATUS)],
                    [skill for skill in [_SKILLS[person.key % len(_SKILLS)]] if skill],
                    "active",
                    person.registered,
                    "synthetic",
                    person.registered,
                    "演示数据",
                    "",
                    mask_identity_number(person.number),
                    mask_phone(person.phone),
                    "",
                    today,
                )
            )
    numbers = blind_indexes((person.number for person in people), purpose=IDENTITY_NUMBER)
    phones = blind_indexes((person.phone for person in people), purpose=PHONE)
    with cursor.copy(_COPY_IDENTITIES) as copy:
        copy.set_types(["int8", "varchar", "varchar", "bytea", "bytea", "bytea", "bytea"])
        for person, number, phone in zip(people, numbers, phones, strict=True):
            copy.write_row(
                (
                    person.key,
                    person.committee,
                    "identity_card",
                    seal(
                        person.number,
                        context=sealing_context("volunteers.identity_number", person.key),
                    ),
                    number,
                    seal(person.phone, context=sealing_context("volunteers.phone", person.key)),
                    phone,
                )
            )


def _number(cursor: psycopg.Cursor[Any]) -> int:
    row = cursor.fetchone()
    return int(row[0]) if row else 0
