"""What is taken of a list besides its people: each area above has a table of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.rosters.extras import ASKED, Extras
from opslog.services.book.book import Book


class Met(NamedTuple):
    """Whom a row of the file names, with its cells as they are kept."""

    person_id: int
    card_id: int
    cells: str


class Taken(NamedTuple):
    """A list of an event that has come in ``at`` an instant, its people written; ``file_id``: by
    which file. Cards from ``first_card`` on are new by it. ``kept``: some row of it was."""

    event_id: int
    roster_id: int
    extras: Extras
    met: Sequence[Met]
    file: str
    file_id: int
    first_card: int
    at: datetime
    kept: bool


class Beside(NamedTuple):
    """``code`` is one of ``extras.TAKEN``; ``take`` says of how many rows it took something. It
    is called inside the change of the import."""

    code: str
    take: Callable[[Book, Taken], int]


def wanted(extras: Extras, beside: Sequence[Beside], told: Sequence[str]) -> list[Beside]:
    """What is taken: all that the list holds, but what is to be asked for only where it was."""
    held = (one for one in beside if one.code in extras.held)
    return [one for one in held if one.code not in ASKED or one.code in told]


def offered(extras: Extras, beside: Sequence[Beside], told: Sequence[str]) -> tuple[str, ...]:
    """What the list holds and nobody asked for yet."""
    return tuple(
        one.code
        for one in beside
        if one.code in extras.held and one.code in ASKED and one.code not in told
    )


def counts(book: Book, taken: Taken, wanted: Sequence[Beside]) -> dict[str, int]:
    """What was taken, and how many of it; of what nobody asked for only what there was."""
    found = {one.code: one.take(book, taken) for one in wanted}
    return {code: number for code, number in found.items() if number or code in ASKED}
