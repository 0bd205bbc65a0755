"""Whom somebody brings along: after a name (张三+2), or in a column (携带人数, Plus one)."""

from __future__ import annotations

import re
import unicodedata

from opslog.domain.rosters.cells import clean, yes_no

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
_COUNT = re.compile(rf"\+?\s*{_N}\s*{_WHOM}?(?:\s*\(.*\))?")
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


def counted(text: str, heading: str) -> int | None:
    """How many a cell below ``heading`` says come along; None where that is not clear."""
    value = unicodedata.normalize("NFKC", clean(text)).strip()
    whole = any(word in heading.casefold().replace(" ", "") for word in _ALL)
    answer = None if value.isdigit() else yes_no(value)
    if not value or answer is not None:
        return int(bool(answer))
    found = _COUNT.fullmatch(value.removesuffix(".0"))
    number = _number(found[1]) if found else MOST + 1
    if number > MOST or (whole and number == 0):
        return None
    return number - whole


def _of(found: tuple[str | None, ...]) -> int:
    plus, brought, and_others, together = found
    if and_others:
        return max(0, _number(together or "") - 1)
    return _number(plus or brought or "")


def _number(text: str) -> int:
    return _HAN[text] if text in _HAN else int(text)
