"""Whom somebody brings along: after a name (张三+2), or in a column (携带人数, Plus one)."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from opslog.domain.imports.cells import clean, yes_no

MOST = 99  # more is no company somebody keeps, but a size, a number, a year
# What a name with guests ends with; of any other nothing is looked at.
ENDS = frozenset("0123456789０１２３４５６７８９人位名友属事)）")
_HAN = {number: at for at, number in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "俩": 2}
_N = r"(\d{1,2}|[一二两俩三四五六七八九十])"
_WHOM = r"(?:个?(?:人|位|名|朋友|家属|同事|客人)|guests?)"
_BRINGS = "[带帶携](?:了|家属|朋友|同事)?"
_MORE = rf"(?:\+\s*{_N}\s*{_WHOM}?|{_BRINGS}\s*{_N}\s*{_WHOM}|(等)\s*{_N}\s*{_WHOM})"
_AFTER = re.compile(rf"(.*[^\W\d_].*?)[\s,、]*\(?\s*{_MORE}\s*\)?")
_ALONE = re.compile(rf"\(?{_MORE}\)?")
_CLAUSE = re.compile(r"[\s,.;!?、。/|()\[\]]+")
# A clause of a remark that counts those who come along, or all of them.
_BESIDE = re.compile(
    rf"(?:{_BRINGS}|同行|随行|另有|另外|外加|再加|还有)\s*{_N}\s*{_WHOM}(?:一起|同行|来|参加|参会)*"
)
_TOGETHER = re.compile(
    rf"(?:一共|总共|合计|共计?|一行|我们|等)\s*{_N}\s*个?(?:人|位)(?:参加|参会|到场|出席|来|去)*"
)
_BRINGS_EN = re.compile(
    r"(?:plus|bring(?:s|ing)?|with|and|\+)\s*(\d{1,2}|an?|one|two|three|four|five)\s*"
    r"(?:more|others?|guests?|people|persons?|colleagues?|friends?|pax)?",
    re.IGNORECASE,
)
_EN = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
# Somebody comes along, or may: nobody says how many, or whom the number counts.
_SOMEBODY = "家属|家人|朋友|同事|太太|先生|爱人|老婆|老公|老师|孩子|小孩|助理|客户|领导|老板|团队"
_UNCOUNTED = re.compile(
    rf"(?:会|要|想|可能|也许)*(?:[带帶携](?:了|上|着)?(?:我|几|一些)*[个位名]?(?:{_SOMEBODY}|人)们?"
    rf"|[和跟与同].{{0,4}}(?:{_SOMEBODY})们?(?:一起|同行|同来))(?:一起|同行|来|参加|参会)*|{_N}个?[人位]"
)
_COUNT = re.compile(
    rf"(?P<least>至少|不少于|≥|>=)?\s*\+?\s*(?:{_BRINGS})?\s*{_N}\s*{_WHOM}?"
    r"(?P<more>\s*(?:\+|及?以上))?(?:\s*\(.*\))?"
)
_COUNT_EN = re.compile(
    r"(?P<least>at least\s*)?(\d{1,2}|an?|one|two|three|four|five)"
    r"(?:\s*(?:more|others?|guests?|people|persons?|colleagues?|friends?))?"
    r"(?P<more>\s*(?:\+|or more|and more))?",
    re.IGNORECASE,
)
# A heading that counts the person too.
_ALL = ("参会", "出席", "到场", "报名", "参加", "party", "attendees", "participants", "总人数")


def off_name(name: str) -> tuple[str, int]:
    """The name alone, and how many come along; 等3人 counts the person too."""
    found = _AFTER.fullmatch(unicodedata.normalize("NFKC", name))
    if found is None:
        return name, 0
    return found[1].strip(), _of(found.groups()[1:])


def said(text: str) -> int:
    """How many a remark says come along, which says nothing else: ``+2``, ``带1人``; 0 for none."""
    found = _ALONE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return 0 if found is None else _of(found.groups())


def in_remark(text: str) -> int | None:
    """How many a remark says come along, in any of its clauses; None where that is not clear."""
    plain = unicodedata.normalize("NFKC", text).strip()
    unclear = False
    for clause in (plain, *_CLAUSE.split(plain)):
        if number := said(clause):
            return number
        if found := _BESIDE.fullmatch(clause):
            return _number(found[1])
        if found := _TOGETHER.fullmatch(clause):
            return max(0, _number(found[1]) - 1)
        if found := _BRINGS_EN.fullmatch(clause):
            return _EN.get(found[1].casefold()) or int(found[1])
        unclear = unclear or _UNCOUNTED.fullmatch(clause) is not None
    return None if unclear else 0


class Brought(NamedTuple):
    """How many come along; ``or_more``: at least so many, as nobody said how many more."""

    number: int
    or_more: bool = False

    def __str__(self) -> str:
        return f"≥{self.number}" if self.or_more else str(self.number)


NOBODY = Brought(0)


def counted(text: str, heading: str) -> Brought | None:
    """How many a cell below ``heading`` says come along; None where that is not clear."""
    whole = any(word in heading.casefold().replace(" ", "") for word in _ALL)
    return answered(text, whole=whole)


def answered(text: str, *, whole: bool = False) -> Brought | None:
    """How many an answer says come along, as ``3 位以上``, ``带 2 人``, ``no``. ``whole``: it
    counts the person too. None where that is not clear: never guessed."""
    value = unicodedata.normalize("NFKC", clean(text)).strip()
    answer = None if value.isdigit() else yes_no(value)
    if not value or answer is not None:
        return None if whole and answer else Brought(int(bool(answer)), bool(answer))
    plain = value.removesuffix(".0")
    found = _COUNT.fullmatch(plain) or _COUNT_EN.fullmatch(plain)
    if found is None:
        return None
    number = _EN.get(found[2].casefold()) or _number(found[2])
    if number > MOST or (whole and number == 0):
        return None
    return Brought(number - whole, bool(found["least"] or found["more"]))


def _of(found: tuple[str | None, ...]) -> int:
    plus, brought, and_others, together = found
    if and_others:
        return max(0, _number(together or "") - 1)
    return _number(plus or brought or "")


def _number(text: str) -> int:
    return _HAN[text] if text in _HAN else int(text)
