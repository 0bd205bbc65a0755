"""A capture line as understood: the spans that were, and what looked like one and was not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from opslog.domain.dates.moments import When
from opslog.locale import Msg

Kind = Literal["at", "tag", "event", "person", "minutes", "flag", "follow_up"]
_CLOSING = frozenset("，。；、！？：”）》」】,.;:!?)")


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of the line, understood as ``kind``.

    ``word`` is the tag, name or event as written, without mark and quotes.
    """

    start: int
    end: int
    kind: Kind
    word: str = ""
    when: When | None = None
    minutes: int = 0


class Problem(NamedTuple):
    """Characters that look like a mark but can't be one; they stay in the text."""

    start: int
    end: int
    message: Msg


class Captured(NamedTuple):
    """A capture line as understood. ``spans`` are in order and do not overlap.

    ``to_come``: the line begins with a day or time to come (which, a day alone, stays in the text).
    """

    source: str
    spans: tuple[Span, ...]
    problems: tuple[Problem, ...] = ()
    to_come: When | None = None

    def of(self, kind: Kind) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.kind == kind)

    @property
    def text(self) -> str:
        return self.text_with(())

    def text_with(self, kept: Iterable[Span]) -> str:
        """The text, with the spans ``kept`` put back as written, where they stood."""
        out = ""
        position = 0
        kept = set(kept)
        for span in (s for s in self.spans if s not in kept):
            out = _join(out, self.source[position : span.start])
            position = span.end
        return _join(out, self.source[position:])

    @property
    def when(self) -> When | None:
        return next((span.when for span in self.of("at")), None)

    @property
    def tags(self) -> tuple[str, ...]:
        return _once(span.word for span in self.of("tag"))

    @property
    def event(self) -> str:
        return next((span.word for span in self.of("event")), "")

    @property
    def people(self) -> tuple[str, ...]:
        return _once(span.word for span in self.of("person"))

    @property
    def minutes(self) -> int | None:
        """What ``~`` says (the last, which corrects the others), else what 14:30-15:15 spans."""
        spans = (*reversed(self.of("minutes")), *self.of("at"))
        return next((span.minutes for span in spans if span.minutes), None)

    @property
    def flagged(self) -> bool:
        return bool(self.of("flag"))

    @property
    def follow_ups(self) -> tuple[When, ...]:
        return tuple(dict.fromkeys(s.when for s in self.of("follow_up") if s.when))


def when_text(when: When) -> str:
    """``2026-11-27`` or ``2026-11-27T15:00``: one word, whatever stands beside it."""
    if when.time is None:
        return when.day.isoformat()
    return f"{when.day.isoformat()}T{when.time:%H:%M}"


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, the first way it was written; case does not make another."""
    seen: dict[str, str] = {}
    for word in words:
        seen.setdefault(word.casefold(), word)
    return tuple(seen.values())


def _join(text: str, piece: str) -> str:
    piece = piece.strip()
    if not text or not piece:
        return text or piece
    return f"{text}{piece}" if piece[0] in _CLOSING else f"{text} {piece}"
