"""People a line each, parted by spaces alone: ``王志刚 13800138001 云岭科技``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslog.exchange.headings import known as heading_known
from opslog.exchange.people_files.entries import Entry, Line, spoken, stray
from opslog.exchange.people_files.spoken import understood

_OF_A_TABLE = re.compile(r"[,;\t|，；]")


def are_people(lines: list[Line]) -> bool:
    """Whether nearly every line names somebody and says how they are reached."""
    said = [text for _number, text in lines if text.strip()]
    if said and _are_headings(said[0]):
        said = said[1:]
    if not said or any(map(_OF_A_TABLE.search, said)):
        return False
    people = map(understood, said)
    return sum(bool(one.name and one.reached) for one in people) * 5 >= len(said) * 4


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """A person a line; one that reaches nobody and names nobody is stray, as headings are."""
    for line in lines:
        text = line[1]
        if not text.strip():
            continue
        said = understood(text)
        nobody = _are_headings(text) or not (said.name or said.reached)
        yield stray([line]) if nobody else spoken([line], said)


def _are_headings(text: str) -> bool:
    words = text.split()
    return bool(words) and sum(map(heading_known.is_known, words)) * 2 > len(words)
