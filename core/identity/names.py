"""Names: one spelling to compare by, and pinyin to sort and search by.

The embedded database has no Chinese collation, so sort keys stand in columns.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

# Names need readings of single characters; the table of phrases would take 45 MB of each process.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import lazy_pinyin

from core.identity.text import plain_text

__all__ = ["normalize_name", "pinyin_initials", "pinyin_key", "same_name"]

# Characters whose reading as a surname is not their most common one.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "乐": "yue", "缪": "miao", "翟": "zhai", "覃": "qin", "员": "yun", "召": "shao",
    "折": "she", "种": "chong", "秘": "bi", "繁": "po", "黑": "he", "洗": "xian", "隗": "wei",
    "句": "gou", "牟": "mu", "卜": "bu", "都": "du", "阚": "kan", "藏": "zang", "祭": "zhai",
    "乜": "nie", "郇": "xun", "薄": "bo", "那": "na", "能": "nai", "佴": "nai", "仉": "zhang",
    "幺": "yao", "炅": "gui", "嵇": "ji", "长": "zhang", "重": "chong", "角": "jue", "尉": "wei",
}  # fmt: skip
_COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "宰父": ("zai", "fu"),
    "夹谷": ("jia", "gu"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "令狐": ("ling", "hu"),
}
# Characters of given names whose reading there is not their most common one.
_GIVEN_NAMES = {"晟": "sheng"}

_DOT = "·"
_DOTS = re.compile(r" ?[·•‧∙⋅・･●] ?")
_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SPACE_BESIDE_HAN = re.compile(rf"(?<={_HAN}) +| +(?={_HAN})")
# A full stop stands for the dot only between Chinese characters, not in "José Jr.".
_STOPS = re.compile(rf"(?<={_HAN})[.。](?={_HAN})")
_SPACES = re.compile(r" {2,}")


def normalize_name(name: str) -> str:
    """``name`` as it is stored: ``张　伟`` → ``张伟``, ``买买提•艾力`` → ``买买提·艾力``.

    Full-width letters become plain, spaces inside a Chinese name go, those between Latin words
    become one, and every middle dot becomes U+00B7, as on identity cards.
    """
    if name.isalpha() and name.isprintable() and not name.isascii() and _is_common_han(name):
        return name
    plain = _SPACES.sub(" ", plain_text(name))
    if not plain.isascii():
        plain = _SPACE_BESIDE_HAN.sub("", _DOTS.sub(_DOT, plain))
        plain = _STOPS.sub(_DOT, plain)
    return plain


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name; Latin letters count the same in either case.

    No name is the same as an empty one.
    """
    first, second = normalize_name(one), normalize_name(other)
    return bool(first) and first.casefold() == second.casefold()


def pinyin_key(name: str) -> str:
    """The syllables without tones: ``刘霞明`` → ``liu xia ming``, ``吕布`` → ``lv bu``.

    Surnames have their own readings (单 shan, 曾 zeng). Latin words stay, in small letters; a
    character without a known reading stands for itself.
    """
    return " ".join(_syllables(normalize_name(name)))


def pinyin_initials(name: str) -> str:
    """The first letter of each syllable: ``刘霞明`` → ``lxm``."""
    return "".join([syllable[0] for syllable in _syllables(normalize_name(name))])


def _syllables(name: str) -> list[str]:
    compound = _COMPOUND_SURNAMES.get(name[:2])
    if compound:
        return [*compound, *_given_syllables(name[2:])]
    surname = _SURNAMES.get(name[:1])
    if surname:
        return [surname, *_given_syllables(name[1:])]
    return _given_syllables(name)


def _given_syllables(text: str) -> list[str]:
    syllables: list[str] = []
    in_word = False
    for character in text:
        reading = _reading(character)
        if reading:
            syllables.append(reading)
            in_word = False
        elif not character.isalnum():
            in_word = False
        elif in_word:
            syllables[-1] += character.lower()
        else:
            syllables.append(character.lower())
            in_word = True
    return syllables


@lru_cache(maxsize=30_000)
def _reading(character: str) -> str:
    """The reading of a Chinese character; a rare one without any stands for itself; else empty."""
    if character < "\u2e80" or not character.isalnum():
        return ""
    return _GIVEN_NAMES.get(character) or lazy_pinyin(character)[0]


def _is_common_han(name: str) -> bool:
    return min(name) >= "\u4e00" and max(name) <= "\u9fff"
