"""Pinyin of places: a first character is no surname there (长安 chang'an, 单县 shan xian)."""

from __future__ import annotations

from core.identity.names import pinyin_key

__all__ = ["place_initials", "place_pinyin"]

# Characters whose reading in names of places is not their most common one, nor that as a surname.
_IN_PLACES = {
    "长": "chang", "乐": "le", "番": "pan", "佛": "fo", "都": "du", "厦": "xia", "涌": "chong",
    "圩": "xu", "咀": "zui", "勒": "le", "重": "chong", "区": "qu", "解": "jie", "员": "yuan",
    "种": "zhong", "角": "jiao", "覃": "tan", "洗": "xi", "黑": "hei", "折": "zhe", "那": "na",
    "能": "neng", "句": "ju", "召": "zhao", "查": "cha", "秘": "mi", "繁": "fan", "藏": "zang",
    "盖": "gai", "薄": "bo", "幺": "yao", "仇": "qiu", "缪": "miao",
}  # fmt: skip


def place_pinyin(name: str) -> str:
    """The readings without tones, run together: ``长安镇`` → ``changanzhen``."""
    return "".join(_readings(name))


def place_initials(name: str) -> str:
    """The first letter of each reading: ``清城区`` → ``qcq``."""
    return "".join([reading[0] for reading in _readings(name)])


def _readings(name: str) -> list[str]:
    readings = [_IN_PLACES.get(character) or pinyin_key(character) for character in name]
    return [reading for reading in readings if reading]
