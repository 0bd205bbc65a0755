"""The calls of a day: the queue, whom to add on WeCom, who rings; and the budget of some people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from opslog.domain.base.clock import instant_text
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import ADD, PHONE, WECOM, Outcome, callback
from opslog.domain.calls.queue import QueueLine
from opslog.domain.screening.rounds import KEEP
from opslog.services.book import own_kinds
from opslog.services.book.book import Book, Change
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import guests
from opslog.services.calls.call_files import books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import adding
from opslog.services.calls.queue.queue import queue
from opslog.services.leads import leads
from tests.year.checks import FREE, ZONE
from tests.year.desk import Desk

ANSWERED = 0.65  # of the calls
ACCEPTED = 0.4  # of those who are asked on WeCom
LOOKED_AT = 25  # people whose budget is counted, each week
SEVERAL = (("callback-2", PHONE), ("callback-2", WECOM), ("message", WECOM), ("reminder", PHONE))


class Calls:
    """``most`` calls and ``adds`` a day; ``barred`` of those called ask not to be."""

    def __init__(self, desk: Desk, most: int, adds: int, barred: float) -> None:
        self.desk, self.most, self.adds, self.barred = desk, most, adds, barred

    def morning(self) -> None:
        desk = self.desk
        self._made(self.most * 2 // 3)
        for line in adding.queue(desk.book, later=False)[: self.adds]:
            desk.later()
            desk.take("asked on WeCom", self._add, line)
        self._rings()
        self._slips()

    def evening(self) -> None:
        """The rest, once messages went out and people rang: the queue is another one by now."""
        self._made(self.most - self.most * 2 // 3)

    def _made(self, number: int) -> None:
        desk = self.desk
        waiting = [line for line in queue(desk.book) if line.ready]
        self._promised(waiting)
        for line in waiting[:number]:
            desk.later()
            desk.take("calls" if line.lane == PHONE else "written", self._call, line)

    def _promised(self, waiting: Sequence[QueueLine]) -> None:
        """A promise whose time has come goes before every cap."""
        desk = self.desk
        shown = {part.card_id for line in waiting for part in line.parts}
        for card_id, who in desk.ledger.promises_due(desk.moment):
            if card_id not in shown and self._still_called(card_id):
                desk.slips.append(f"a promise to person {who} is not shown at {desk.moment}")

    def _still_called(self, card_id: int) -> bool:
        """Whether nobody dropped them since."""
        row = self.desk.book.con.execute(
            "SELECT verdict FROM decision WHERE card_id=? ORDER BY id DESC", (card_id,)
        ).fetchone()
        return row is None or row[0] == KEEP

    def _call(self, book: Book, line: QueueLine) -> Change:
        ledger, outcome, when = self.desk.ledger, self._outcome(line), None
        at = book.now()
        if outcome.ask == "when":
            when = at + timedelta(days=1, hours=1)
        change = calling.record(
            book, line.card_id, line.purpose, outcome.code, lane=line.lane, when=when
        )
        counts = outcome.answered or (line.lane == WECOM and outcome.contacted)
        free = ledger.keeps_promise(line.card_id, at)
        ledger.went_out(line.person_id, at, line.purpose, line.lane, counts=counts, free=free)
        ledger.promise(line.card_id, line.person_id, None if line.purpose in FREE else when)
        if not outcome.answered and line.lane == PHONE:
            for part in line.also:  # a dial that nobody answered was for all that was to be said
                if part.ready and part.lane == PHONE:
                    ledger.promise(part.card_id, line.person_id, None)
        if outcome.ends == "person":
            ledger.none_wanted(line.person_id)
            self.desk.seen["do not call"] += 1
        if outcome.code == "hand_over":
            self._hand_over(line)
        return change

    def _hand_over(self, line: QueueLine) -> None:
        known = {"budget": "20 万", "need": "1", "team": "1", "timing": "下季度"}
        to_whom = self.desk.chance.choice(("陈销售", "赵销售"))
        where = {"card_id": line.card_id, "event_id": line.event_id}
        self.desk.take("hand-overs", leads.keep, line.person_id, known, to_whom, **where)

    def _outcome(self, line: QueueLine) -> Outcome:
        chance = self.desk.chance
        known = own_kinds.outcomes(self.desk.book).of(line.purpose, line.lane).all
        if chance.random() < self.barred:
            ends = [one for one in known if one.ends == "person"]
            if ends:
                return ends[0]
        answered = chance.random() < ANSWERED
        fitting = [
            one
            for one in known
            if one.answered is answered and one.ends != "person" and one.ask != "instead"
        ]
        return chance.choice(fitting or [one for one in known if one.ends != "person"])

    def _add(self, book: Book, line: QueueLine) -> Change:
        accepted = self.desk.chance.random() < ACCEPTED
        code = "accepted" if accepted else self.desk.chance.choice(("asked", "refused"))
        change = adding.record(book, line.card_id, code)
        self.desk.ledger.went_out(line.person_id, book.now(), ADD, WECOM, counts=False)
        self.desk.seen["new on WeCom"] += accepted
        return change

    def _rings(self) -> None:
        """Somebody who was called these days rings back; whoever asked for no calls may."""
        desk = self.desk
        lately = desk.ledger.lately(desk.day - timedelta(days=3))
        some = [who for who in lately if desk.ledger.had[who][-1].day < desk.day]
        if not some:
            return
        who = desk.chance.choice(some)
        desk.later()
        change = desk.take("rang", off_list.log, who, "answered", lane=PHONE, direction="in")
        if change:
            desk.ledger.came_in(who, desk.book.now(), "", PHONE)
            self._kept(change, who)

    def _kept(self, change: Change, who: int) -> None:
        """A call that was not asked for was about some list: what was promised of that is over."""
        for row in self.desk.book.con.execute(
            "SELECT t.card_id FROM change_row r JOIN touch t ON t.id=r.row_id"
            " WHERE r.change_id=? AND r.tbl='touch' AND t.card_id>0",
            (change.id,),
        ).fetchall():
            self.desk.ledger.promise(row[0], who, None)

    def _slips(self) -> None:
        """A hand that dials somebody who asked for none."""
        desk = self.desk
        if desk.ledger.asked_none and desk.chance.random() < 0.3:
            who = desk.chance.choice(sorted(desk.ledger.asked_none))
            told = "a call to who asked for none"
            desk.slip(told, Refused, off_list.log, who, "answered", lane=PHONE)
            card = desk.book.con.execute(
                "SELECT c.id FROM card c JOIN occasion o ON o.roster_id=c.roster_id"
                " WHERE c.person_id=? AND o.ends_at<? ORDER BY c.id DESC",
                (who, instant_text(desk.moment)),
            ).fetchone()
            if card:
                given = (card[0], callback(1), "answered")
                desk.slip(f"{told}, of a list", Refused, calling.record, *given, lane=PHONE)

    def _insists(self) -> int:
        """Somebody is dialled three times, whatever the queue says, and does not answer."""
        desk = self.desk
        who = desk.chance.choice([w for w in self._lately() if w not in desk.ledger.asked_none])
        for _ in range(3):
            desk.later()
            dial = {"lane": PHONE, "again": True}
            change = desk.take("dialled in vain", off_list.log, who, "no_answer", **dial)
            if change:
                desk.ledger.went_out(who, desk.moment, "", PHONE, counts=False, free=True)
                self._kept(change, who)
        return who

    def _lately(self) -> list[int]:
        return self.desk.ledger.lately(self.desk.day - timedelta(days=7))

    def tell(self) -> None:
        """Once a week colleagues hear who does not come, and of whom they are to take care."""
        waiting = guests.pass_on(self.desk.book)
        if waiting:
            self.desk.take("told", guests.tell, waiting, "赵销售")

    def budget(self) -> None:
        """What the product says of somebody's budget and last touch, against the ledger."""
        desk, ledger = self.desk, self.desk.ledger
        insisted = [self._insists()] if self._lately() else []
        lately = self._lately()
        some = [*insisted, *desk.chance.sample(lately, min(len(lately), LOOKED_AT))]
        now, budget = desk.book.now(), Budget(desk.book, books(desk.book))
        for who in some:
            for purpose, lane in SEVERAL:
                said = budget.held(who, purpose, lane, now)
                day = said.until.astimezone(ZONE).date() if said else desk.day
                counted = ledger.free_on(who, desk.day, purpose, lane)
                desk.seen["budgets compared"] += 1
                if day != counted:
                    desk.slips.append(
                        f"budget of person {who} on {desk.day}, {purpose} by {lane}: {day},"
                        f" counted {counted}"
                    )
            last = budget.touch(who, "callback-2", PHONE).last
            if last != ledger.had[who][-1].at:
                desk.slips.append(f"person {who}, last touch: {last}, {ledger.had[who][-1].at}")
