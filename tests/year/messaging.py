"""The messages of a year: who enters a programme, what is sent each day, who answers."""

from __future__ import annotations

from collections.abc import Sequence

from opslog.domain.programmes.programme import SPANS
from opslog.domain.programmes.queue import MessageLine
from opslog.services.calls.calling import TouchedSince
from opslog.services.programmes import enrolling, programmes, queue, sending
from opslog.store.programmes.enrolments import ACTIVE
from tests.year.desk import Desk

SHIPPED = ("new-wecom", "after-webinar", "after-salon", "materials", "returned", "silent")
OFFERED = 40  # people whom an operator takes into one programme at a time


class Messages:
    """At most ``most`` messages of an hour a day; ``entered`` are the programmes somebody is or
    was in."""

    def __init__(self, desk: Desk, most: int) -> None:
        self.desk, self.most, self.entered = desk, most, set[str]()
        for code in SHIPPED:  # a second of each, as somebody changes one and keeps the other
            programmes.copy(desk.book, code, f"{code}-own")
        self.codes = [one.code for one in programmes.programmes(desk.book)]

    def day(self) -> None:
        """One working day: who is proposed enters, what is due goes out at its hour."""
        desk = self.desk
        self._enter(self.codes[desk.seen["working days"] % len(self.codes)])
        shown = queue.day(desk.book, first=self.most)
        desk.seen["messages held"] += sum(one.number for one in shown.held)
        for slot in shown.slots:
            desk.go_to(slot.begins)
            by_text: dict[str, list[MessageLine]] = {}
            for line in slot.lines:
                by_text.setdefault(line.text_key, []).append(line)
            for lines in by_text.values():
                self._send(lines)
        for answer in queue.day(desk.book, first=1).answered:
            if change := desk.take("answered", sending.answered, answer.enrolment_id):
                self._written(change.id, free=True)
        if desk.seen["working days"] % 60 == 0:
            self._grow()

    def _enter(self, code: str) -> None:
        desk = self.desk
        found = [one for one in enrolling.candidates(desk.book, code) if not one.left_out]
        late = desk.chance.choice(("newest", "all", "none"))
        some = [one.person_id for one in found][:OFFERED]
        if not some:
            return
        if desk.take("entries", enrolling.enter, code, some, late=late):
            self.entered.add(code)

    def _send(self, lines: list[MessageLine]) -> None:
        desk, ids = self.desk, [line.enrolment_id for line in lines]
        if lines[0].by_hand and desk.chance.random() < 0.4:
            for one in ids:
                desk.take("messages skipped", sending.skip, one)
            return
        change = desk.take("groups sent", sending.sent, ids, "写好的话")
        if change is None:
            return
        gone = self._written(change.id) if lines[0].channel != "call" else []
        if lines[0].channel != "call" and len(gone) != len(ids) - len(change.left):
            desk.slips.append(f"of {len(ids)} to send {len(gone)} went, {len(change.left)} left")
        by_person = {line.person_id: line for line in lines}
        sent = [by_person[person] for person in gone]
        for line in sent:
            desk.ledger.step_sent(line.enrolment_id, line.step, line.person_id)
        desk.seen["messages sent"] += len(sent)
        self._second_window(sent)
        for line in sent:
            self._comes_back(line)

    def _written(self, change_id: int, *, free: bool = False) -> list[int]:
        """Whom a change wrote to, taken into the ledger."""
        desk = self.desk
        rows = desk.book.con.execute(
            "SELECT t.person_id, t.lane FROM change_row r JOIN touch t ON t.id=r.row_id"
            " WHERE r.change_id=? AND r.tbl='touch' AND r.op='I'",
            (change_id,),
        ).fetchall()
        for person, lane in rows:
            desk.ledger.went_out(
                *(person, desk.book.now(), "message", lane), counts=True, free=free
            )
        return [person for person, _lane in rows]

    def _second_window(self, sent: Sequence[MessageLine]) -> None:
        """Another window that still shows them sends the same; those whose programme is over are
        told that."""
        desk = self.desk
        still = [
            line.enrolment_id
            for line in sent
            if sending.get(desk.book, line.enrolment_id).state == ACTIVE
        ]
        if still and desk.chance.random() < 0.3:
            desk.slip("sent from a second window", TouchedSince, sending.sent, still, "写好的话")

    def _comes_back(self, line: MessageLine) -> None:
        desk, one, luck = self.desk, line.enrolment_id, self.desk.chance.random()
        if luck < 0.08:
            if desk.take("replied", sending.replied, one, "好的"):
                desk.ledger.came_in(line.person_id, desk.book.now(), "message", line.channel)
        elif luck < 0.3:
            desk.take("opened", sending.opened, one)
        elif luck < 0.31:
            desk.take("paused", enrolling.pause, [one])
            desk.take("resumed", enrolling.resume, [one])

    def _grow(self) -> None:
        spans = tuple(SPANS)
        for one in programmes.programmes(self.desk.book):
            runs = programmes.programme(self.desk.book, one.code).runs
            further = spans[min(spans.index(runs) + 1, len(spans) - 1)]
            self.desk.take("grown", programmes.grow, one.code, further)
