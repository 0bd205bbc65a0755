"""Which one a person means: by number, by name, or by a part of the name that only it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Choice(NamedTuple):
    """One of those there are. ``names`` are its names in full, ``tags`` found by their parts
    alone; one that is ``over`` (its event was cancelled) stands back where another fits."""

    id: int
    names: tuple[str, ...]
    tags: tuple[str, ...] = ()
    over: bool = False

    def is_called(self, wanted: str) -> bool:
        return any(wanted == name.casefold() for name in self.names)

    def has(self, wanted: str) -> bool:
        return any(wanted in text.casefold() for text in (*self.names, *self.tags))


def meant(words: str, known: Iterable[Choice]) -> list[Choice]:
    """The one that ``words`` mean; several where they could be any of these, none for nothing."""
    choices = list(known)
    wanted = " ".join(words.split()).casefold()
    number = wanted.lstrip("#")
    if number.isdecimal():
        by_number = [one for one in choices if one.id == int(number)]
        if by_number:
            return by_number
    for fits in (Choice.is_called, Choice.has):
        found = [one for one in choices if fits(one, wanted)]
        going = [one for one in found if not one.over]
        if len(going) == 1:
            return going
        if found:
            return found
    return []
