"""Writing a capture line: marks with their quotes, a line composed again to be edited, and the
word being typed that may be completed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from opslog.domain.dates.durations import duration_text
from opslog.domain.dates.moments import When
from opslog.domain.dates.numerals import fold
from opslog.domain.daybook.capture import MARKS, QUOTES, breaks, parse
from opslog.domain.daybook.captured import when_text

SIGILS = "#@+"


class Typing(NamedTuple):
    """The unfinished word at the cursor: ``start`` is where its mark stands."""

    start: int
    end: int
    sigil: str
    prefix: str


def marked(sigil: str, word: str) -> str:
    """``word`` with its mark, in quotes where it could not be read back without."""
    if word and word[-1] not in ".'’-" and not any(breaks(c) for c in fold(word)):
        return sigil + word
    for opening, closing in QUOTES.items():
        if closing not in word:
            return f"{sigil}{opening}{word}{closing}"
    return sigil + '"' + word.replace('"', "”") + '"'


def compose(
    *,
    at: datetime | None,
    text: str,
    now: datetime,
    tags: Sequence[str] = (),
    event: str = "",
    people: Sequence[str] = (),
    minutes: int | None = None,
    flagged: bool = False,
    follow_ups: Sequence[When] = (),
) -> str:
    """The capture line that reads as these parts; ``at`` and ``now`` are local.

    The time stands short (``14:30``) for a line of today where that reads the same; None: none.
    """
    parts = [text.strip()] if text.strip() else []
    parts += [marked("#", tag) for tag in tags]
    parts += [marked("@", event)] if event else []
    parts += [marked("+", name) for name in people]
    parts += [f"~{duration_text(minutes)}"] if minutes else []
    parts += ["!"] if flagged else []
    parts += [f">{when_text(when)}" for when in follow_ups]
    rest = " ".join(parts)
    if at is None:
        return rest
    stamps = [f"{at:%Y-%m-%d %H:%M}"]
    if at.date() == now.date():
        stamps.insert(0, f"{at:%H:%M}")
    lines = [f"{stamp}{gap}{rest}" for stamp in stamps for gap in (" ", ", ")]
    return next((line for line in lines if _reads_as(line, rest, at, now)), lines[-1])


def _reads_as(line: str, rest: str, at: datetime, now: datetime) -> bool:
    """Whether the leading time of ``line`` is ``at`` and takes in nothing of the rest."""
    from opslog.domain.dates.workdays import mainland  # no stamp counts working days

    read = parse(line, now, mainland)
    if not read.spans or read.when is None or read.spans[0].kind != "at":
        return False
    same = (read.when.day, read.when.time) == (at.date(), at.time().replace(second=0))
    return same and line[read.spans[0].end :].strip() == rest


def typing_at(source: str, cursor: int) -> Typing | None:
    """The marked word that ends at the cursor; None where the cursor stands elsewhere."""
    folded = fold(source)
    start = _mark_before(source, folded, cursor)
    if start is None:
        return None
    sigil = folded[start]
    prefix = source[start + 1 : cursor]
    if start and not source[start - 1].isspace():
        # Whether a mark may stand here is for the parser to say: try it with a word behind it.
        from opslog.domain.dates.workdays import mainland

        tried = parse(f"{source[:start]}{sigil}x", datetime(2000, 1, 1), mainland)
        if not any(span.start == start for span in tried.spans):
            return None
    return Typing(start, cursor, sigil, prefix.lstrip('"“”「'))


def _mark_before(source: str, folded: str, cursor: int) -> int | None:
    """Where the mark stands whose word, quoted or not, runs up to the cursor."""
    for start in range(cursor - 1, -1, -1):
        if folded[start] in SIGILS:
            word = source[start + 1 : cursor]
            closing = QUOTES.get(word[:1]) or QUOTES.get(fold(word[:1]))
            if closing:
                return start if closing not in word[1:] else None
            return None if any(breaks(c) for c in fold(word)) else start
        if folded[start] in MARKS:
            return None
    return None
