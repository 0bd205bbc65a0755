"""How senior a title is, by the words in it (``shipped/calls/seniority.toml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from opslog.domain.base.own_files.toml_lines import Table
from opslog.domain.base.titles import Phrase
from opslog.locale import N_, msg

FILE = "seniority.toml"
_MOST_KNOWN = 5_000


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
    # A list of thousands holds few different titles.
    _known: dict[str, Level | None] = field(default_factory=dict, repr=False, compare=False)

    def of(self, title: str) -> Level | None:
        """The first level with a word that fits; None for a title that says nothing."""
        if title not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            folded = title.strip().lower()
            fits = (level for level in self.levels if level.pattern.search(folded))
            self._known[title] = next(fits, None) if folded else None
        return self._known[title]


def read(text: str, file: str = FILE) -> Seniority:
    """Read the levels. Raises Faulty naming everything wrong with file and line."""
    table = Table.read(text, file)
    table.only("level")
    levels = []
    for one in table.tables("level"):
        one.only("code", "en", "zh", "points", "words")
        words = one.texts("words")
        if not words or not all(words):
            one.fault("words", msg(N_("“{key}” must be a list of texts in quotes"), key="words"))
        levels.append(
            Level(
                one.text("code"),
                Phrase(one.text("en"), one.text("zh")),
                one.integer("points", 0, -100, 100),
                _pattern([word for word in words if word]),
            )
        )
    table.settle()
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
