"""Telephone numbers in any text, half hidden: ``138****8000``.

Only the digits change, one star for each, so that what stands round a number stays where it was.
Hidden is what makes a number callable: of a mainland mobile the middle four, of a landline all
between the area code and the last four, of a number from abroad all between its first three
digits and its last four. 400 and 800 numbers belong to no person and stay, as do e-mail
addresses; a number inside one is hidden.
"""

from __future__ import annotations

import re
import unicodedata

KEPT = 4  # digits at the end, by which the operator knows one number from another
FEWEST_ABROAD = 8  # digits: "+3 12 05" is none
_GAP = r"[\s.·_-]?"
_NUMBER = re.compile(
    # 138 0013 8000, 1380 013 8000, with or without +86; also one that was cut off with …
    rf"(?<![\d*])(?:(?:\+|00)?86{_GAP})?"
    rf"(?P<mobile>1[3-9]\d{_GAP}(?:\d{{4}}{_GAP}\d{{4}}(?!\d)|\d{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)"
    rf"|\d{{3,4}}{_GAP}\d{{0,4}}(?=…)))"
    # +852 9123 4567, 0081-90-1234-5678
    rf"|(?<!\d)(?P<abroad>(?:\+|00(?=[1-9]))(?:\d{{7,15}}|\d{{1,3}}(?:[\s.-]?\(?\d{{1,5}}\)?){{2,5}}))(?!\d)"
    # 010-6275 1234, (0571) 8765 4321, 010******** as far as it is there
    rf"|(?<![\d:.,-])(?P<landline>\(?0[1-9]\d{{1,2}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}})(?![\d:])"
)
_PLAIN = {
    ord(full): unicodedata.normalize("NFKC", full) for full in "０１２３４５６７８９＋－（）　"
}
_AREA = re.compile(r"\(?(0\d{2,3})\D")
_FEWEST = re.compile(r"(?:\d[^\d\n]{0,2}){7}")


def masked(text: str, but: str = "") -> str:
    """``text`` with every number in it half hidden, but for the one that is ``but`` (E.164)."""
    if not _FEWEST.search(text):
        return text
    plain = text.translate(_PLAIN)
    pieces, done = [], 0
    for found in _NUMBER.finditer(plain):
        start, end = found.span(found.lastgroup or 0)
        digits = re.sub(r"\D", "", found[0])
        if found.lastgroup == "abroad" and len(digits) < FEWEST_ABROAD:
            continue
        if but and digits.endswith(but.removeprefix("+86").lstrip("+")):
            continue
        last = 0 if text.startswith("…", end) else KEPT
        pieces += [text[done:start], _hidden(text[start:end], _shown_first(found), last)]
        done = end
    return "".join([*pieces, text[done:]])


def _shown_first(found: re.Match[str]) -> int:
    """How many digits at the start stay."""
    if found.lastgroup != "landline":
        return 3
    area = _AREA.match(found["landline"])
    if area is not None:
        return len(area[1])
    return 3 if found["landline"].startswith(("010", "02")) else 4


def _hidden(number: str, first: int, last: int) -> str:
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    hidden = set(places[first : len(places) - last])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(number))
