"""Addresses as mail programs copy them: ``A <a@…>; "B, C" <b@…>``, on one line or on many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opslog.domain.people.addressees import addressees
from opslog.exchange.people_files.entries import Entry, Line, stray


def are_lines(lines: list[Line]) -> bool:
    """Whether these are such lines, each of them whole, and not a column of a table."""
    said = [text for _number, text in lines if text.strip()]
    parsed = [addressees(text) for text in said]
    if not parsed or not parsed[0]:
        return False
    named = any(one.marked for some in parsed for one in some)
    several = any(len(some) > 1 for some in parsed)
    return (named or several) and sum(map(bool, parsed)) * 5 >= len(parsed) * 4


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """A person an address; a line that holds something else is stray."""
    for number, text in lines:
        found = addressees(text)
        for one in found:
            yield Entry(number, one.text, one.name, email=(one.address,))
        if not found and text.strip():
            yield stray([(number, text)])
