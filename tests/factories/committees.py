"""A small tree of real divisions, with a city that has no counties."""

from __future__ import annotations

from collections import Counter

from core.identity.places import place_initials, place_pinyin
from core.tenancy.keys import child_key
from organizations.committees.models import Committee

__all__ = ["add_committee", "build_tree"]

# Code, name, level, parent's code; parents first.
_TREE = (
    ("44", "广东省", "province", None),
    ("4406", "佛山市", "city", "44"),
    ("4418", "清远市", "city", "44"),
    ("4419", "东莞市", "city", "44"),
    ("440606", "顺德区", "county", "4406"),
    ("441802", "清城区", "county", "4418"),
    ("441881", "英德市", "county", "4418"),
    ("440606101", "陈村镇", "township", "440606"),
    ("440606103", "北滘镇", "township", "440606"),
    ("441802009", "横荷街道", "township", "441802"),
    ("441802103", "源潭镇", "township", "441802"),
    ("441900101", "石碣镇", "township", "4419"),
)


def build_tree() -> dict[str, Committee]:
    """Writes the tree by one statement and returns it by code."""
    committees: dict[str, Committee] = {}
    siblings: Counter[str] = Counter()
    for code, name, level, parent in _TREE:
        above = parent or ""
        siblings[above] += 1
        committees[code] = _committee(
            code=code, name=name, level=level, parent=committees.get(above), number=siblings[above]
        )
    Committee.objects.bulk_create(committees.values())
    return committees


def add_committee(
    *, code: str, name: str, level: str, parent: Committee | None, **fields: object
) -> Committee:
    """Writes one committee below ``parent``."""
    number = Committee.objects.filter(parent=parent).count() + 1
    made = _committee(code=code, name=name, level=level, parent=parent, number=number, **fields)
    made.save(force_insert=True)
    return made


def _committee(
    *, code: str, name: str, level: str, parent: Committee | None, number: int, **fields: object
) -> Committee:
    above = parent.full_name + " / " if parent and parent.level != "province" else ""
    return Committee(
        path=child_key(parent.path if parent else "", number),
        parent=parent,
        code=code,
        name=name,
        full_name=above + name,
        level=level,
        pinyin=place_pinyin(name),
        initials=place_initials(name),
        **fields,
    )
