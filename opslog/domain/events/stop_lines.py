"""Stops as people write and paste them: a place and its days a line. Pure.

The days are found wherever they stand in the line, in the spellings of a schedule; what is left
beside them is the place, and where in it. What would have to be guessed is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from opslog.domain.base.refusal import Refused
from opslog.locale import N_, msg

_WEEKDAY = r"(?:\s*\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)"
_WRITTEN = r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?"
_DAY = rf"(?:{_WRITTEN}|(?:\d{{4}}[-/.])?\d{{1,2}}[-/.]\d{{1,2}})"
_TO = r"\s*(?P<to>~|至|到|--|—|–|−|、|和|-)\s*"
_CLOCK = r"\d{1,2}:\d{2}"
_BESIDE = r"\s,;、:()\[\]【】"  # what may stand beside a day
_FOUND = re.compile(
    rf"(?:(?<![^{_BESIDE}])|(?<=[\u4e00-\u9fff])(?={_WRITTEN}))"
    rf"(?P<first>{_DAY}{_WEEKDAY}?)"
    rf"(?:{_TO}(?P<last>{_DAY}{_WEEKDAY}?|\d{{1,2}}[日号]{_WEEKDAY}?|\d{{1,2}}(?![\d:/.月-])))?"
    rf"(?:\s*(?P<opens>{_CLOCK})(?:(?:\s*[-~至到—–]\s*|\s+)(?P<closes>{_CLOCK}))?)?"
    rf"(?:(?<=[日号)])|(?=$|[{_BESIDE}]))"
)
_NUMBER = re.compile(
    r"\s*(?:\(?\d{1,2}(?:[、):]|\.(?!\d))|第[\d一二三四五六七八九十]+站:?|站\d+:?)\s*(?=\S)"
)
_CIRCLED = re.compile(r"^\s*[①-⑳]")
_LOOSE = re.compile(r"(?<=\d)[ \t]+(?=[年月日号])|(?<=[年月])[ \t]+(?=\d)")  # 3 月 8 日
_DOTTED = re.compile(r"(?<=\d)[./](?=\d)")
_APART = re.compile(r"[\s,;、]+|(?<!\d):|:(?!\d)")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|【\s*】")


_HEADING = re.compile(
    r"(?:序号|编号|no\.?|(?:活动|举办|具体|开始|结束|起始|起止|到达|离开)?"
    r"(?:城市|地点|站点?|地区|区域|场地|地址|场馆|会场|酒店|日期|时间|日程|备注)"
    r"|city|place|stop|venue|hall|address|dates?|days?|from|to|start|end|notes?)",
    re.IGNORECASE,
)


class Typed(NamedTuple):
    """A stop as typed: a place, its first day and its last, each perhaps with a time, and where
    in that place."""

    place: str
    first: str
    last: str
    venue: str = ""
    line: int = 0  # of several, which


class _Days(NamedTuple):
    first: str
    last: str
    begins: int
    ends: int
    one: bool  # a single day, which another may follow as the last


def typed(text: str) -> Iterator[Typed]:
    """One stop a line, ``杭州 12-03 ~ 12-04 国际博览中心`` with where it is behind, also with the
    days first; several in one, ``杭州 11-01 11-02 宁波 11-03``. ``3月8日-9日``, ``3.8-3.9`` and
    ``（周一）`` are understood, a number before the line is none of its words. Commas and tabs
    part, ``|`` is the end of a line, or parts its cells where days stand in one of their own; a
    place with one day lasts that day. Raises Refused naming what has no date."""
    rows = [
        unicodedata.normalize("NFKC", _CIRCLED.sub("", row))
        for row in text.lstrip("\ufeff").splitlines()
    ]
    parts = [(n, part) for n, row in enumerate(rows, 1) for part in _parts(_LOOSE.sub("", row))]
    if len(rows) == 1:  # pasted into one line
        parts = list(enumerate((part for _row, part in parts), 1))
    several = len(parts) > 1
    while len(parts) > 1 and _is_heading(parts[0][1]):
        del parts[0]
    for number, one in parts:
        try:
            yield from (stop._replace(line=number * several) for stop in _in_line(one))
        except Refused as refusal:
            if not several:
                raise
            said = msg(N_("line {n}: {why}"), n=number, why=refusal.message)
            raise Refused(said) from refusal


def _is_heading(part: str) -> bool:
    """Whether it names the columns below it, as the first row of a spreadsheet does."""
    said = [word for word in _APART.split(part) if word]
    return bool(said) and all(_HEADING.fullmatch(word) for word in said)


def _parts(row: str) -> list[str]:
    """The stops of a row parted by ``|``; the whole of it where that parts cells."""
    cells = [cell for cell in row.split("|") if cell.strip()]
    if any(_days(cell) and not _words(_FOUND.sub(" ", cell)) for cell in cells):
        return [" ".join(cells)]
    return cells


def _in_line(text: str) -> Iterator[Typed]:
    number = _NUMBER.match(text)
    text = text[number.end() :] if number else text
    days = _days(text)
    if not days:
        if said := _words(text):
            raise Refused(msg(N_("“{place}” has no date; write 杭州 11-01 11-02"), place=said))
        return
    edges = [0, *(edge for one in days for edge in (one.begins, one.ends)), len(text)]
    between = [_words(text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    if not between[0]:  # the days stand first
        for one, said in zip(days, between[1:], strict=True):
            place = _placed(said, text[one.begins : one.ends])
            venue = ""
            if not place[0].isascii():  # New York is one place
                place, _blank, venue = place.partition(" ")
            yield Typed(place, one.first, one.last, venue)
        return
    for one, said in zip(days, between, strict=False):
        last = between[-1] if one is days[-1] else ""
        if last.isdecimal() and len(last) <= 2:
            raise Refused(
                msg(N_("“{text}” is no day of its own; write the last one as 11-02"), text=last)
            )
        yield Typed(_placed(said, text[one.begins : one.ends]), one.first, one.last, last)


def _placed(words: str, days: str) -> str:
    if not words:
        raise Refused(
            msg(N_("“{text}” stands at no place; write 杭州 11-01 11-02"), text=days.strip())
        )
    return words


def _words(text: str) -> str:
    return " ".join(filter(None, _APART.split(_EMPTY.sub(" ", text)))).lstrip(")]】").rstrip("([【")


def _days(text: str) -> list[_Days]:
    """The days in a line; of two with nothing between them, the second is the last day."""
    found: list[_Days] = []
    for one in filter(_plain, _FOUND.finditer(text)):
        first, last = one["first"], _last(one["first"], one["last"])
        first, last = (_DOTTED.sub("-", day) for day in (first, last))  # as dates are read
        begins, ends, single = one.start(), one.end(), not one["last"]
        opens, closes = one["opens"], one["closes"]
        before = found[-1] if found else None
        if before and not _words(text[before.ends : begins]):
            if not (before.one and single):
                _placed("", first)
            first, begins, single, closes = before.first, before.begins, False, closes or opens
            found.pop()
        elif opens:
            first = f"{first} {opens}"
        found.append(_Days(first, f"{last} {closes}" if closes else last, begins, ends, single))
    return found


def _plain(found: re.Match[str]) -> bool:
    """Whether a bare number behind a dash can be a day: ``3.8-9``; of ``11-01-02`` nobody knows."""
    dashed = found["to"] == "-" and (found["last"] or "").isdecimal()
    return not dashed or any(sign in found["first"] for sign in "月./")


def _last(first: str, last: str | None) -> str:
    """The last day in full: of the month of the first where it says none."""
    if not last:
        return first
    if re.match(_DAY, last):
        return last
    month = re.match(r"((?:\d{4}[-/.年])?\d{1,2}[-/.月])\d{1,2}[日号]?", first)
    return f"{month[1]}{last}" if month else last
