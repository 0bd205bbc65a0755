"""How two names of people are alike: the same, heard, mistyped, turned round, in part."""

from __future__ import annotations

from functools import lru_cache

from opslog.domain.people.naming import names, sounds

SAME, FITS, ORDER, SOUND = "same", "fits", "order", "sound"
CHARACTER, SPELLING, PART = "character", "spelling", "part"
HALF, UNKNOWN, OTHER = "half", "unknown", "other"


@lru_cache(maxsize=50_000)
def tie(one: str, other: str) -> str:
    """What joins two names, the strongest tie there is.

    SAME; FITS one is a form of the other (王总, 王**, J. Smith); ORDER family and given name
    turned round; SOUND the same pinyin, or one is the pinyin; CHARACTER one Chinese character
    differs; SPELLING letters mistyped; PART one is a part; HALF one word of a Latin name is the
    same; UNKNOWN one is blank; OTHER nothing.
    """
    first, second = names.bare(one), names.bare(other)
    if not first or not second:
        return UNKNOWN
    if first == second:
        return SAME
    chinese = names.is_chinese(first), names.is_chinese(second)
    if all(chinese):
        if names.characters(first) == names.characters(second) and names.compatible(one, other):
            return SAME
        return FITS if names.compatible(one, other) else _chinese(first, second)
    if any(chinese):
        return _mixed(first, second) if chinese[0] else _mixed(second, first)
    return _latin(names.latin_words(first), names.latin_words(second), one, other)


@lru_cache(maxsize=50_000)
def sound_keys(name: str) -> tuple[str, ...]:
    """How a name may sound in letters, the same for 王志刚, Wang Zhigang and Zhigang Wang."""
    plain = names.bare(name)
    if names.is_chinese(plain):
        text = names.characters(plain)
        return sounds.spellings(text, names.surname_length(text))[:2] if len(text) > 1 else ()
    words = names.latin_words(plain)
    if len(words) < 2:
        return tuple(words)
    turned = [words, [words[-1], *words[:-1]], [*words[1:], words[0]]]
    return tuple(dict.fromkeys("".join(order) for order in turned))


@lru_cache(maxsize=50_000)
def initials(name: str) -> tuple[str, ...]:
    """What a mistyped name still begins with: the letters its surname and its given name start
    with; of Latin words, each first letter."""
    plain = names.bare(name)
    if names.is_chinese(plain):
        text = names.characters(plain)
        cut = names.surname_length(text)
        family = [sounds.sound(text[:cut], cut)[0]] if text else []
        given = [sounds.sound(text[cut])[0]] if len(text) > cut else []
        return tuple(dict.fromkeys(family + given))
    return tuple(sorted({word[0] for word in names.latin_words(plain)}))[:3]


def _chinese(one: str, other: str) -> str:
    first, second = names.characters(one), names.characters(other)
    if not first or not second:
        return OTHER
    if len(first) == len(second):
        if len(first) > 1 and sounds.alike(first, second, names.surname_length(first)):
            return SOUND
        if first == second[1:] + second[0] or second == first[1:] + first[0]:
            return ORDER
        wrong = sum(a != b for a, b in zip(first, second, strict=True))
        return CHARACTER if len(first) > 2 and wrong == 1 else OTHER
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) == 1 and len(short) > 1:
        rest = iter(long)
        if all(character in rest for character in short):
            return PART
    return OTHER


def _mixed(chinese: str, latin: str) -> str:
    text = names.characters(chinese)
    words = names.latin_words(latin)
    if not text or not words:
        return OTHER
    cut = names.surname_length(text)
    joined = "".join(words)
    for family in sounds.spellings(text[:cut], cut):
        for given in sounds.spellings(text[cut:]) if text[cut:] else ("",):
            if joined in (family + given, given + family):
                return SOUND
            if family in words:  # Jack Wang
                return PART
    return OTHER


def _latin(first: list[str], second: list[str], one: str, other: str) -> str:
    if not first or not second:
        return OTHER
    if first == second:
        return SAME
    if sorted(first) == sorted(second):
        return ORDER
    if names.compatible(one, other):
        return FITS
    from rapidfuzz.distance import OSA

    for turned in (second, [*second[1:], second[0]]):
        a, b = "".join(first), "".join(turned)
        most = max(1, max(len(a), len(b)) // 5)
        if OSA.distance(a, b, score_cutoff=most) <= most:
            return SPELLING
    shared = {word for word in first if len(word) > 2} & set(second)
    near = any(
        min(len(a), len(b)) > 3 and OSA.distance(a, b, score_cutoff=2) <= 1 + (len(a) > 5)
        for a in first
        for b in second
    )
    if shared and (len(first) == 1 or len(second) == 1):
        return PART
    return HALF if shared or near else OTHER
