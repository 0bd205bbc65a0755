"""Erasing a person: what of a text tells who they were, and the text without it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from opslog.domain.base import damaged
from opslog.domain.people import phones

GONE = "***"
WIDE = "*[０-９Ａ-Ｚａ-ｚ＠＋－]*"  # GLOB: a text in which LIKE may not see what is there
# What stands between the digits of a number, and between the characters of a name.
_IN_NUMBERS = (r"\s().\-_/", "\u00a0\u3000\u200b（）－−‐‑‒–—―ー·")
_IN_NAMES = (r"\s.", "\u00a0\u3000·•・")
_FULL_WIDTH = 0xFEE0
_LOCAL = 7  # digits of a number without its area code that tell it from others
_LONGEST_CUT = 80  # characters that are looked for before the …
_LEAST = 2  # characters of a name that are left of one cut off with …
_LEAST_DIGITS = 4  # … and of a number or an address


@dataclass(frozen=True)
class Traces:
    """What tells a person from others: names, numbers (E.164), addresses, of all their rows.

    ``shared``: those that somebody else has too, or whose name has this one in it; ``everyday``:
    names that are words as well. Neither can be taken for this person wherever it stands.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    addresses: tuple[str, ...]
    shared: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()

    def every(self) -> tuple[str, ...]:
        return (*self.names, *self.numbers, *self.addresses)

    def patterns(self, *, also_shared: bool = False) -> list[str]:
        """Regular expressions for each of them, in whatever notation, also cut off with …; the
        longest first."""
        found: list[str] = []
        for text in self._meant(also_shared):
            found += [_bounded(text, one) for one in self._spellings(text)]
            found += self._cut(text)
        return sorted(dict.fromkeys(found), key=len, reverse=True)

    def likes(self, *, also_shared: bool = False) -> list[str]:
        """LIKE patterns: every text with one of them fits one, or is ``WIDE``."""
        found = []
        for text in self._meant(also_shared):
            letters = self._letters(text)
            shown = letters[-_LEAST_DIGITS:] if text in self.numbers else letters
            found.append(f"%{'%'.join(shown)}%")
            if " " in text.strip():  # 李 Wei, Wei 李
                found.append(f"%{'%'.join(_bare(''.join(reversed(text.split()))))}%")
            found.append(f"%{'%'.join(letters[: self._least(text)])}%…%")
        return list(dict.fromkeys(found))

    def in_bytes(self) -> list[tuple[str, re.Pattern[bytes]]]:
        """Each of them with what finds it in the bytes of a file, where values stand one against
        the other."""
        found = []
        for text in self._meant(also_shared=True):
            spelled = self._spellings(text, raw=True)
            if text.isalpha() and text.isascii():  # Ann is no part of Joanna
                spelled = [_bounded(text, one) for one in spelled]
            found.append((text, re.compile("|".join(spelled).encode())))
        return found

    def _meant(self, also_shared: bool) -> list[str]:
        left_out = frozenset() if also_shared else self.shared | self.everyday
        return [text for text in self.every() if self._letters(text) and text not in left_out]

    def _letters(self, text: str) -> str:
        return _bare(phones.national(text) if text in self.numbers else text)

    def _spellings(self, text: str, *, raw: bool = False) -> list[str]:
        if text in self.addresses:
            return [_each(text, r"\s*")]
        if text not in self.numbers:
            words = text.split()
            turned = [" ".join(reversed(words))] if len(words) == 2 else []
            return [_each(name, _between(_IN_NAMES, raw)) for name in (text, *turned)]
        national, between = phones.national(text), _between(_IN_NUMBERS, raw)
        found = [_each(national, between)]
        if text.startswith("+86") and not phones.is_mobile(text):  # without its area code
            local = national[2 if national[:2] == "10" or national[0] == "2" else 3 :]
            if len(local) >= _LOCAL:
                found.append(f"(?<![0-9]){_each(local, between)}(?![0-9])")
        return found

    def _least(self, text: str) -> int:
        return _LEAST if text in self.names else _LEAST_DIGITS

    def _cut(self, text: str) -> list[str]:
        """What is left of it at the end of a text that was cut off."""
        letters = self._letters(text)
        between = _between(_IN_NUMBERS if text in self.numbers else _IN_NAMES)
        least, more = self._least(text), ""
        if len(letters) <= least:
            return []
        for letter in reversed(letters[least:-1][:_LONGEST_CUT]):
            more = f"(?:{between}{_either(letter)}{more})?"
        return [f"{_each(letters[:least], between)}{more}{between}…"]


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
        return json.dumps([""] * len(damaged.listed(cells)))
    except (TypeError, ValueError):
        return "[]"


def _bare(text: str) -> str:
    """A text for LIKE: without spaces, what LIKE takes for a sign, and what JSON escapes."""
    return re.sub(r"[\s%_.·•・\"\\]", "", unicodedata.normalize("NFKC", text))


def _between(signs: tuple[str, str], raw: bool = False) -> str:
    plain, wide = signs
    either = f"[{plain}]|{'|'.join(wide)}" if raw else f"[{plain}{wide}]"
    return rf"(?:{either}|\\[nrt])*"


def _each(text: str, between: str) -> str:
    """A text whose characters may stand apart, in half or full width."""
    letters = re.sub(r"[\s·•・]", "", unicodedata.normalize("NFKC", text))
    if "@" not in text:
        letters = letters.replace(".", "")
    return between.join(map(_either, letters))


def _either(letter: str) -> str:
    if not "!" <= letter <= "~":
        return re.escape(letter)
    cases = sorted({letter, letter.lower(), letter.upper()})
    found = [*map(re.escape, cases), *(chr(ord(one) + _FULL_WIDTH) for one in cases)]
    if letter in '"\\':
        found.append(r"\\" + re.escape(letter))
    return f"(?:{'|'.join(found)})"


def _bounded(text: str, pattern: str) -> str:
    """A pattern that finds no part of a longer word, number or address."""
    if "@" in text:
        return rf"(?<![A-Za-z0-9._])(?<![A-Za-z0-9][%+\-]){pattern}(?![A-Za-z0-9]|\.[A-Za-z0-9])"
    if text.startswith("+") and text[1:].isdigit():
        between = _between(_IN_NUMBERS)
        country = text[1 : len(text) - len(phones.national(text))]
        shown = rf"(?:(?:\+|＋|0\s*0)?\s*{_each(country, '')}{between})?"
        return rf"(?<![0-9]){shown}(?:0{between})?{pattern}(?![0-9])"
    return rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])" if text.isascii() else pattern
