"""How Chinese names sound: pinyin without tones, a character with several readings by all."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from opslog.domain.people.naming import pinyin

# As a surname a character may have a reading of its own.
_SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "盖": "ge",
    "区": "ou",
    "任": "ren",
    "朴": "piao",
    "缪": "miao",
    "翟": "zhai",
    "召": "shao",
    "尉": "yu",
    "万": "wan",
    "长": "zhang",
    "乐": "yue",
}
_MOST = 4  # spellings of one word; past that, nobody tells them apart by ear


def readings(character: str) -> tuple[str, ...]:
    """The syllables a character may stand for; the character itself where it has none."""
    return pinyin.readings(character) or (character,)


@lru_cache(maxsize=50_000)
def spellings(text: str, surname: int = 0) -> tuple[str, ...]:
    """``text`` in letters, the likeliest first; ``surname`` characters of it are a surname."""
    syllables = [
        (_SURNAMES[character],)
        if place < surname and character in _SURNAMES
        else readings(character)
        for place, character in enumerate(text)
    ]
    spelt: list[str] = []
    for chosen in product(*syllables):
        spelt.append("".join(chosen))
        if len(spelt) == _MOST:
            break
    return tuple(spelt)


def sound(text: str, surname: int = 0) -> str:
    """The likeliest spelling."""
    return spellings(text, surname)[0]


def alike(one: str, other: str, surname: int = 0) -> bool:
    """Whether two words of Chinese characters can be pronounced the same, tones aside."""
    if len(one) != len(other):
        return False
    for place, (first, second) in enumerate(zip(one, other, strict=True)):
        if first == second:
            continue
        if place < surname:
            if sound(first, 1) != sound(second, 1):
                return False
        elif not set(readings(first)) & set(readings(second)):
            return False
    return True
