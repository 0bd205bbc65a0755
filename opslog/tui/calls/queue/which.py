"""Which part of the queue is shown: of which purpose, list and lane, with or without the later
ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from opslog.domain.calls.left_out import LeftOut
from opslog.domain.calls.outcomes import ADD, PHONE, WECOM
from opslog.domain.calls.queue import QueueLine
from opslog.locale import N_
from opslog.services.book.book import Book
from opslog.services.calls.queue import adding
from opslog.services.calls.queue import queue as call_queue
from opslog.services.calls.queue.queue import Queue

# '' all; ADD: those who are to be added on WeCom.
LANES = ("", PHONE, WECOM, ADD)
TITLES = {
    "": N_("All lanes"),
    PHONE: N_("Phone only"),
    WECOM: N_("WeCom only"),
    ADD: N_("To add on WeCom"),
}


@dataclass(frozen=True)
class Which:
    """None stands for all; ``later``: those, too, whose time comes on another day; ``lane`` is one
    of LANES; ``stop``: one of a list whose people come to several, or (without a list) of all that
    have people of it."""

    purpose: str | None = None
    event_id: int | None = None
    later: bool = False
    roster_id: int | None = None
    lane: str = ""
    stop: tuple[int | None] | None = None  # those alone who come to this stop

    @property
    def next_lane(self) -> str:
        return LANES[(LANES.index(self.lane) + 1) % len(LANES)]

    def read(self, book: Book) -> Queue:
        """The lines, and who is not among them for now."""
        if self.lane == ADD:
            return Queue(adding.queue(book, self.event_id, later=self.later), [], 0)
        found = call_queue.with_held(
            book, self.purpose, self.event_id, roster_id=self.roster_id, later=self.later
        )
        held = [one for one in found.held if self.stop in (None, (one.stop_id,))]
        return found._replace(lines=[one for one in found.lines if self._shows(one)], held=held)

    def _shows(self, line: QueueLine) -> bool:
        """Whether a line is of this lane, and of the stop."""
        parts = (one for one in line.parts if self.roster_id in (None, one.roster_id))
        stops = [(part.stop_id,) for part in parts]
        return self.lane in ("", line.lane) and (self.stop is None or self.stop in stops)

    def size(self, book: Book) -> int:
        """How many cards are looked at for it."""
        if self.lane == ADD:
            return 0
        return call_queue.size(book, self.event_id, roster_id=self.roster_id)

    def first(self, book: Book) -> list[QueueLine]:
        """Some of the lines, at once."""
        lines = call_queue.first(
            book, self.purpose, self.event_id, roster_id=self.roster_id, later=self.later
        )
        return [line for line in lines if self._shows(line)]

    def elsewhere(self, book: Book) -> Counter[str]:
        """How many by each lane may be called or written to now, whom this lane leaves out."""
        if not self.lane:
            return Counter()
        everybody = replace(self, lane="").read(book).lines
        return Counter(one.lane for one in everybody if one.ready and one.lane != self.lane)

    def to_add(self, book: Book) -> int:
        """How many wait in the lane of those who are to be added on WeCom, where all are shown."""
        return 0 if self.lane or self.purpose else adding.number(book, self.event_id)

    def line_of(self, book: Book, person_id: int, call: int | None) -> QueueLine | None:
        """One person's line, in the call of the attempt ``call`` where there is one."""
        if self.lane == ADD:
            return adding.line(book, person_id, self.event_id, later=self.later)
        found = call_queue.line(
            *(book, person_id, self.purpose, self.event_id),
            roster_id=self.roster_id,
            later=self.later,
            call=call,
            old=self.event_id is not None or self.roster_id is not None,
        )
        return found if found is not None and self._shows(found) else None

    def left_out(
        self, book: Book, lines: Sequence[QueueLine], held: Iterable[LeftOut]
    ) -> list[LeftOut]:
        """Who of the lists that stand in ``lines`` is not called, and who is ``held`` back."""
        if self.lane == ADD:
            return []
        out = call_queue.not_called(
            book, lines, self.purpose, self.event_id, roster_id=self.roster_id
        )
        return [*(one for one in out if self.stop in (None, (one.stop_id,))), *held]

    def left_out_now(self, book: Book, lines: Sequence[QueueLine]) -> list[LeftOut]:
        """The same as the file has it by now."""
        return self.left_out(book, lines, self.read(book).held)
