"""How senior a title is, by the words in it (``playbooks/seniority.toml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from opslog.domain.phrases import Phrase
from opslog.domain.toml_lines import Table
from opslog.locale import N_, msg

FILE = "seniority.toml"


@dataclass(frozen=True)
class Level:
    """``points`` is what a title of this level adds to the rank of a call."""

    code: str
    title: Phrase
    points: int
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Seniority:
    """The levels in the order they are tried."""

    levels: tuple[Level, ...]

    def of(self, title: str) -> Level | None:
        """The first level with a word that fits; None for a title that says nothing."""
        return _level(self.levels, title.strip().lower()) if title.strip() else None


@lru_cache(maxsize=4096)  # a list holds few different titles
def _level(levels: tuple[Level, ...], title: str) -> Level | None:
    return next((level for level in levels if level.pattern.search(title)), None)


def read(text: str, file: str = FILE) -> Seniority:
    """Read the levels. Raises Refused naming file and line of the first thing wrong."""
    table = Table.read(text, file)
    table.only("level")
    levels = []
    for one in table.tables("level"):
        one.only("code", "en", "zh", "points", "words")
        words = one.data.get("words")
        if (
            not isinstance(words, list)
            or not words
            or not all(isinstance(word, str) and word for word in words)
        ):
            raise one.refused("words", msg(N_("“words” must be a list of texts in quotes")))
        levels.append(
            Level(
                one.text("code"),
                Phrase(one.text("en"), one.text("zh")),
                one.integer("points", 0, -100, 100),
                _pattern(words),
            )
        )
    return Seniority(tuple(levels))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Chinese anywhere, Latin as whole words; ``$`` at the end asks for the title's end."""
    parts = []
    for word in words:
        bare = re.escape(word.lower().removesuffix("$"))
        if word[0].isascii():
            bare = rf"(?<![a-z0-9]){bare}(?![a-z0-9])"
        parts.append(bare + ("$" if word.endswith("$") else ""))
    return re.compile("|".join(parts))
