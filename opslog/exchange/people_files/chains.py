"""A group's sign-up by turns (接龙): numbered lines, one person each, below what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslog.exchange.people_files.entries import Entry, Line, spoken, stray, whole
from opslog.exchange.people_files.spoken import understood

_TITLE = re.compile(
    r"[\s#＃【\[「《<(（]*(?:微信)?群?(?:接[龙龍]|group note).*"
    r"|.{0,20}接[龙龍][\s】\])）」》>:：!！]*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(\d{1,4})\s*(?:[、．)）]|[.。:：](?!\d)|[.](?=1[3-9]\d{9}))\s*(.*)")
_FEWEST = 2  # numbered lines, where nothing says that it is one


def is_chain(lines: list[Line]) -> bool:
    """Whether somebody opened a sign-up by turns, or the lines count 1, 2, 3."""
    said = [text for _number, text in lines if text.strip()]
    numbers = [int(found[1]) for text in said if (found := _NUMBERED.fullmatch(text))]
    if any(map(_TITLE.fullmatch, said[:3])):
        return bool(numbers)
    return (
        len(numbers) >= _FEWEST
        and numbers == list(range(1, len(numbers) + 1))
        and _NUMBERED.fullmatch(said[0]) is not None
        and len(numbers) * 5 >= len(said) * 4
    )


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """The numbered lines. One without a number goes on with the one above where that lacks it.

    What stands above the first number says what the sign-up is about, and is nobody's.
    """
    waiting: list[Line] = []
    begun = False
    for line in lines:
        if not line[1].strip():
            continue
        numbered = _NUMBERED.fullmatch(line[1])
        if not numbered and waiting and understood(line[1]).reached and not _reached(waiting):
            waiting.append(line)
            continue
        if waiting:
            yield _entry(waiting)
            waiting = []
        if numbered:
            waiting, begun = [line], True
        elif begun:
            yield stray([line])
    if waiting:
        yield _entry(waiting)


def _reached(lines: list[Line]) -> bool:
    return understood(_said(lines)).reached


def _said(lines: list[Line]) -> str:
    text = whole(lines)
    numbered = _NUMBERED.match(text)
    return text[numbered.start(2) :] if numbered else text


def _entry(lines: list[Line]) -> Entry:
    return spoken(lines, understood(_said(lines)))
