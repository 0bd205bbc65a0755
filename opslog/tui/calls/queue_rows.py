"""The call queue as rows: those who may be called now, then those whose time comes later."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from opslog.domain.calls.queue import QueueLine
from opslog.locale import _
from opslog.tui.widgets.rows import Cell, Row
from opslog.tui.widgets.text import line

Key = tuple[int, str]  # card and purpose: somebody may be in the queue for two things


def key_of(entry: QueueLine) -> Key:
    return entry.card_id, entry.purpose


@dataclass
class QueueRows:
    """A Source of the queue's lines, the ready ones first; a row is drawn when it is on screen.

    ``draw`` gives the cells of a line at a place counted from 1.
    """

    lines: list[QueueLine]
    draw: Callable[[QueueLine, int], tuple[Cell, ...]]
    _places: dict[Hashable, int] = field(init=False, repr=False)
    ready: int = field(init=False)

    def __post_init__(self) -> None:
        self._places = {key_of(entry): place for place, entry in enumerate(self.lines)}
        self.ready = sum(entry.ready for entry in self.lines)

    @property
    def later(self) -> int:
        return len(self.lines) - self.ready

    def get(self, key: Hashable) -> QueueLine | None:
        place = self._places.get(key)
        return None if place is None else self.lines[place]

    def place(self, key: Key) -> int | None:
        """Where a line stands, counted from 0, without headings."""
        return self._places.get(key)

    def following(self, place: int) -> Key | None:
        """The ready line that now stands at ``place``, or the first; None when none is ready."""
        if not self.ready:
            return None
        return key_of(self.lines[place if place < self.ready else 0])

    # What a WindowList asks: the later ones stand under a heading of their own ----------

    def count(self) -> int:
        return len(self.lines) + bool(self.later)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return [self._row(at) for at in range(start, min(stop, self.count()))]

    def position(self, key: Hashable) -> int | None:
        place = self._places.get(key)
        return None if place is None else place + (place >= self.ready)

    def _row(self, at: int) -> Row:
        if at == self.ready:
            title = line((_("Later"), "title"), "  ", (str(self.later), "muted"))
            return Row(("heading", "later"), heading=title)
        place = at - (at > self.ready)
        entry = self.lines[place]
        return Row(key_of(entry), self.draw(entry, place + 1))
