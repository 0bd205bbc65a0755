"""Erasing a person: what of a text tells who they were, and the text without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

GONE = "***"


@dataclass(frozen=True)
class Traces:
    """What tells a person from others: names, numbers (E.164), addresses, of all their rows.

    ``shared``: names that somebody else has too, or that are part of somebody else's; those can't
    be taken for this person wherever they stand.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    addresses: tuple[str, ...]
    shared: tuple[str, ...] = ()

    def patterns(self, *, also_shared: bool = False) -> list[str]:
        """Regular expressions for each of them, however spaced; the longest first."""
        names = [*self.names, *(self.shared if also_shared else ())]
        found = [_name(name) for name in names if name.strip()]
        found += [r"[\s().\-]*".join(_national(number)) for number in self.numbers]
        found += [_spaced(address) for address in self.addresses]
        return sorted(dict.fromkeys(found), key=len, reverse=True)

    def likes(self, *, also_shared: bool = False) -> list[str]:
        """LIKE patterns that every text with one of them fits: a quick first look."""
        names = [*self.names, *(self.shared if also_shared else ())]
        found = ["%" + "%".join(_bare(name)) + "%" for name in names if _bare(name)]
        found += [f"%{'%'.join(_national(number)[-4:])}%" for number in self.numbers]
        found += ["%" + "%".join(_bare(address)) + "%" for address in self.addresses]
        return list(dict.fromkeys(found))

    def bytes(self) -> list[bytes]:
        """What a file that holds the person holds; names only where nothing surer is known."""
        sure = [_national(number) for number in self.numbers] + list(self.addresses)
        return [text.encode() for text in (sure or [*self.names, *self.shared]) if text]


class Scrub:
    """Takes the traces out of texts. Called by SQLite for each text that may hold one."""

    def __init__(self, patterns: Iterable[str]) -> None:
        alternatives = "|".join(patterns)
        self._pattern = re.compile(alternatives, re.IGNORECASE) if alternatives else None

    def holds(self, text: object) -> bool:
        return (
            isinstance(text, str)
            and self._pattern is not None
            and self._pattern.search(text) is not None
        )

    def without(self, text: str) -> str:
        return text if self._pattern is None else self._pattern.sub(GONE, text)


def blank_cells(cells: str) -> str:
    """As many cells as there were, with nothing in them."""
    try:
        return json.dumps([""] * len(json.loads(cells)))
    except (TypeError, ValueError):
        return "[]"


def _national(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits.removeprefix("86") if number.startswith("+86") else digits


def _bare(text: str) -> str:
    """A text for LIKE: without spaces and what LIKE takes for a sign."""
    return re.sub(r"[\s%_]", "", text)


def _spaced(text: str) -> str:
    """A text that may stand with spaces between its characters, as the index holds it."""
    return r"\s*".join(re.escape(character) for character in text if not character.isspace())


def _name(name: str) -> str:
    """A name wherever it stands; a Latin one only as words of its own."""
    if not name.isascii():
        return _spaced(name)
    inner = r"\s+".join(re.escape(word) for word in name.split())
    return rf"(?<![A-Za-z0-9]){inner}(?![A-Za-z0-9])"
