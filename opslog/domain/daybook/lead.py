"""How long ahead Today shows a follow-up: ``-3d`` or ``提前3天``, first or last of its words. Pure.

``续约合同 >12-05 -3d`` is shown from 2 December on. It stays among the words, where it is seen and
changed; one that says nothing shows from the day before.
"""

from __future__ import annotations

from opslog.domain.base.patterns import compiled
from opslog.domain.dates.numerals import NUMBER, fold, number_of

LEAD_DAYS = 1
_MOST = 400
_UNIT = r"(?P<unit>d|w|天|日|周|个?星期)"
LEAD = rf"(?:-|提前)\s?(?P<number>{NUMBER})\s?{_UNIT}"
_FIRST, _LAST = rf"{LEAD}(?=\s|$)", rf"(?:^|.*\s){LEAD}"


def said(text: str) -> int | None:
    """In days; None where the words say none."""
    if "-" not in text and "提前" not in text and text.isascii():
        return None
    folded = fold(text).strip()
    found = compiled(_LAST).fullmatch(folded) or compiled(_FIRST).match(folded)
    number = number_of(found["number"]) if found else None
    if found is None or number is None:
        return None
    days = number if found["unit"] in "d天日" else number * 7
    return days if days <= _MOST else None


def days(text: str) -> int:
    """How many days before it is due Today shows what says this."""
    found = said(text)
    return LEAD_DAYS if found is None else found


def begins(text: str, start: int) -> bool:
    """Whether a lead stands at ``start``."""
    return compiled(_FIRST).match(fold(text), start) is not None
