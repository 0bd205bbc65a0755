"""The messages of a year: who enters a programme, what is sent each day, who answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial

from opslog.domain.base.refusal import Refused
from opslog.domain.programmes.programme import SPANS
from opslog.domain.programmes.queue import MessageLine
from opslog.services.book.book import Book
from opslog.services.programmes import enrolling, programmes, queue, sending

SHIPPED = ("new-wecom", "after-webinar", "after-salon", "materials", "returned", "silent")
OFFERED = 40  # people whom an operator takes into one programme at a time


class Messages:
    """``go_to`` sets the clock; what is done is counted in ``seen``."""

    def __init__(
        self,
        book: Book,
        chance: random.Random,
        seen: Counter[str],
        go_to: Callable[[datetime], None],
        most: int,
    ) -> None:
        self.book, self.chance, self.seen, self.go_to, self.most = book, chance, seen, go_to, most
        for code in SHIPPED:  # a second of each, as somebody changes one and keeps the other
            programmes.copy(book, code, f"{code}-own")
        self.codes = [one.code for one in programmes.programmes(book)]

    def day(self) -> None:
        """One working day: who is proposed enters, what is due goes out at its hour."""
        code = self.codes[self.seen["working days"] % len(self.codes)]
        found = [one.person_id for one in enrolling.candidates(self.book, code) if not one.left_out]
        late = self.chance.choice(("newest", "all", "none"))
        if found:
            some = found[:OFFERED]
            self._take("entered", partial(enrolling.enter, late=late), code, some)
        shown = queue.day(self.book, first=self.most)
        self.seen["messages held"] += sum(one.number for one in shown.held)
        for slot in shown.slots:
            self.go_to(slot.begins)
            by_text: dict[str, list[MessageLine]] = {}
            for line in slot.lines:
                by_text.setdefault(line.text_key, []).append(line)
            for lines in by_text.values():
                self._send(lines)
        for answer in queue.day(self.book, first=1).answered:
            self._take("answered", sending.answered, answer.enrolment_id)
        if self.seen["working days"] % 60 == 0:
            self._grow()

    def _send(self, lines: list[MessageLine]) -> None:
        ids = [line.enrolment_id for line in lines]
        if lines[0].by_hand and self.chance.random() < 0.4:
            for one in ids:
                self._take("messages skipped", sending.skip, one)
            return
        before = self.seen["groups sent"]
        self._take("groups sent", sending.sent, ids, "写好的话")
        if self.seen["groups sent"] == before:
            return
        self.seen["messages sent"] += len(ids)
        for one in ids:
            luck = self.chance.random()
            if luck < 0.08:
                self._take("replied", sending.replied, one, "好的")
            elif luck < 0.3:
                self._take("opened", sending.opened, one)
            elif luck < 0.31:
                self._take("paused", enrolling.pause, [one])
                self._take("resumed", enrolling.resume, [one])

    def _grow(self) -> None:
        spans = tuple(SPANS)
        for one in programmes.programmes(self.book):
            runs = programmes.programme(self.book, one.code).runs
            further = spans[min(spans.index(runs) + 1, len(spans) - 1)]
            self._take("grown", programmes.grow, one.code, further)

    def _take(self, what: str, verb: Callable[..., object], *given: object) -> None:
        """A verb of the book; a refusal is counted and is no fault."""
        try:
            verb(self.book, *given)
        except Refused:
            self.seen[f"{what}: refused"] += 1
        else:
            self.seen[what] += 1
