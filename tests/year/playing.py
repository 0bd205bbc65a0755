"""The year itself: each working day what an operator does, by the verbs that the keys call."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from opslog.domain.base.clock import Clock
from opslog.domain.base.refusal import Refused
from opslog.domain.calls.outcomes import LANES, Outcome
from opslog.domain.calls.queue import QueueLine
from opslog.domain.events.events import EventDraft
from opslog.domain.leads.leads import ACCEPTED, HANDED_OVER, LOST, RETURNED, WON
from opslog.domain.twins.pairs import SAME
from opslog.services.book import history, own_kinds
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling
from opslog.services.calls.attendance import guests
from opslog.services.calls.call_files import books
from opslog.services.calls.contact_limits import Budget
from opslog.services.calls.queue import queue
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.services.leads import leads
from opslog.services.people import card as people
from opslog.services.people import erasing
from opslog.services.screening import rounds
from opslog.services.today import agenda
from opslog.services.twins import twins
from tests.year import checks
from tests.year.lists import Population
from tests.year.messaging import Messages

KINDS = ("webinar", "salon", "webinar", "conference", "recorded", "salon")
BEGIN = date(2026, 1, 5)
AHEAD, LIST_AHEAD = 21, 3  # days before an event that it is entered, and its list is there
ROUNDS = (1, 3, 6)  # days after it that its list is screened
ANSWERED = 0.65  # of the calls


@dataclass(frozen=True)
class Size:
    """How much of everything: rows of each list, calls and messages a working day."""

    days: int = 364
    events: int = 60
    rows: int = 334
    calls: int = 33
    messages: int = 120

    @property
    def people(self) -> int:
        return max(self.events * self.rows // 2, self.rows)


YEAR = Size()
SHORT = Size(days=42, events=4, rows=40, calls=12, messages=20)


@dataclass
class Held:
    """An event of the year, and how far its list is."""

    event_id: int
    day: date
    kind: str
    roster_id: int = 0


@dataclass
class Year:
    """Played in ``folder``; what was counted on the way is in ``seen``."""

    folder: Path
    size: Size = YEAR
    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    seen: Counter[str] = field(default_factory=Counter)
    held: list[Held] = field(default_factory=list)
    longest_today: int = 0
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.moment = datetime.combine(BEGIN, time(1), UTC)
        self.path = self.folder / "opslog.db"
        self.book = open_book(self.path, clock=Clock(lambda: self.moment, "Asia/Shanghai"))
        self.book.con.execute("PRAGMA synchronous=0")  # what is measured is the count, not the disk
        self.population = Population(self.size.people, self.chance)
        self.messages = Messages(self.book, self.chance, self.seen, self._go_to, self.size.messages)

    def play(self) -> Book:
        apart = (self.size.days - AHEAD - 14) / max(self.size.events - 1, 1)
        starts = [BEGIN + timedelta(days=14 + int(apart * n)) for n in range(self.size.events)]
        for number in range(self.size.days):
            day = BEGIN + timedelta(days=number)
            self._at(day, 9)
            for index, start in enumerate(starts):
                if day == max(BEGIN, start - timedelta(days=AHEAD)):
                    self._enter(index, start)
            if self._is_workday(day):
                self._work(day)
        self.book.con.execute("PRAGMA synchronous=2")
        return self.book

    def _at(self, day: date, hour: int, minute: int = 0) -> None:
        self.moment = datetime.combine(day, time(hour - 8, minute), UTC)

    def _go_to(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment)

    def _later(self) -> None:
        self.moment += timedelta(minutes=self.chance.randint(1, 4))

    # -- a day ---------------------------------------------------------------------------------

    def _work(self, day: date) -> None:
        self.seen["working days"] += 1
        self._lists(day)
        self._look(day)
        self._calls(day)
        self.messages.day()
        self._budget(day)
        self._tick()
        self._with_sales()
        if self.seen["working days"] % 20 == 0:
            self._tidy()
        if self.seen["working days"] % 7 == 0:
            history.undo(self.book)
            history.redo(self.book)

    def _look(self, day: date) -> None:
        due = agenda.today(self.book)
        if len(due) > self.longest_today:
            self.longest_today = len(due)
        self.seen["lines of Today"] += len(due)

    def _tick(self) -> None:
        """Every step that has come and that nothing proves is done by hand; the rest proves
        itself or is missed."""
        for ranked in agenda.today(self.book):
            due = ranked.item
            if due.kind == "step" and due.due <= self.moment and not due.evidence:
                self._take("steps", agenda.done, due)

    def _take(self, what: str, verb: Callable[..., object], *given: object) -> None:
        """A verb, where it is possible; a refusal is counted and is no fault."""
        try:
            verb(self.book, *given)
        except Refused:
            self.seen["refusals"] += 1
        else:
            self.seen[what] += 1

    # -- events and their lists ------------------------------------------------------------------

    def _enter(self, index: int, start: date) -> None:
        kind = KINDS[index % len(KINDS)]
        draft = EventDraft(
            f"第{index + 1}场增长分享",
            kind,
            datetime.combine(start, time(6), UTC),
            tag=f"场{index + 1}",
            place="" if kind in ("webinar", "recorded") else "上海",
        )
        self.held.append(Held(events.create(self.book, draft).made, start, kind))
        self.seen["events"] += 1

    def _lists(self, day: date) -> None:
        for one in self.held:
            if not one.roster_id and day >= one.day - timedelta(days=LIST_AHEAD):
                path = self.folder / f"报名{one.event_id}.csv"
                begun = datetime.combine(day - timedelta(days=5), time(8))
                self.population.sign_ups(self.size.rows, begun, path)
                loaded = imports.load(self.book, path, one.event_id)
                one.roster_id = loaded.roster or 0
                self.seen["sign-ups"] += loaded.read
            since = (day - one.day).days
            if one.roster_id and since >= ROUNDS[0]:
                self._came(one)
                made = len(rounds.rounds_of(self.book, one.roster_id))
                if made < len(ROUNDS) and since >= ROUNDS[made]:
                    self._screen(one)

    def _came(self, one: Held) -> None:
        unmarked = [
            guest.card_id
            for guest in guests.guests(self.book, one.event_id)
            if guest.attended is None and not guest.dropped
        ]
        if not unmarked or one.kind == "recorded":
            return
        came = [card for card in unmarked if self.chance.random() < 0.6]
        guests.mark_many_attended(self.book, one.event_id, came, attended=True)
        rest = sorted({*unmarked} - {*came})
        guests.mark_many_attended(self.book, one.event_id, rest, attended=False)

    def _screen(self, one: Held) -> None:
        """A round: who is of a competitor or a colleague goes out first, some others later."""
        opened = rounds.open_round(self.book, one.roster_id).made
        for line in rounds.deck(self.book, opened).lines:
            reason = self._reason(people.get(self.book, line.person_id).company)
            verdict = ("drop", reason) if reason else ("keep", "")
            rounds.decide(self.book, opened, line.card_id, *verdict)
            self.seen["verdicts"] += 1
        rounds.close_round(self.book, opened)

    def _reason(self, company: str) -> str:
        for words, reason in (("竞品", "competitor"), ("本司", "colleague")):
            if words in company:
                return reason
        return "not_target" if self.chance.random() < 0.08 else ""

    # -- calls -----------------------------------------------------------------------------------

    def _calls(self, day: date) -> None:
        self._at(day, 9, 30)
        waiting = [line for line in queue.queue(self.book) if line.ready]
        for line in waiting[: self.size.calls]:
            self._later()
            self._take("calls", self._call, line)

    def _call(self, book: Book, line: QueueLine) -> None:
        outcome = self._outcome(line)
        when = None
        if outcome.ask == "when":
            when = self.moment + timedelta(days=1, hours=1)
        calling.record(book, line.card_id, line.purpose, outcome.code, lane=line.lane, when=when)
        if outcome.code == "hand_over":
            known = {"budget": "20 万", "need": "1", "team": "1", "timing": "下季度"}
            to_whom = self.chance.choice(("陈销售", "赵销售"))
            leads.keep(self.book, line.person_id, known, to_whom, card_id=line.card_id,
                       event_id=line.event_id)  # fmt: skip
            self.seen["hand-overs"] += 1

    def _outcome(self, line: QueueLine) -> Outcome:
        known = own_kinds.outcomes(self.book).of(line.purpose, line.lane).all
        if self.chance.random() < 0.012:
            ends = [one for one in known if one.ends == "person"]
            if ends:
                self.seen["do not call"] += 1
                return ends[0]
        answered = self.chance.random() < ANSWERED
        fitting = [
            one
            for one in known
            if one.answered is answered and one.ends != "person" and one.ask != "instead"
        ]
        return self.chance.choice(fitting or list(known))

    def _budget(self, day: date) -> None:
        """What the product says of somebody's budget, against a count of the rows."""
        if self.seen["working days"] % 5:
            return
        before: dict[int, list[checks.Touch]] = {}
        for one in checks.touches(self.book.con):
            before.setdefault(one.person_id, []).append(one)
        budget, is_workday = Budget(self.book, books(self.book)), self._is_workday
        lately = sorted(who for who, theirs in before.items() if (day - theirs[-1].day).days < 7)
        for who in self.chance.sample(lately, min(len(lately), 25)):
            for lane in LANES:
                said = budget.held(who, "callback-2", lane, self.moment)
                counted = checks.held(before[who], day, lane, is_workday)
                self.seen["budgets compared"] += 1
                if bool(said) != bool(counted):
                    self.problems.append(f"person {who} on {day}, {lane}: {said}, {counted!r}")

    def _is_workday(self, day: date) -> bool:
        return own_kinds.workdays(self.book).is_workday(day)

    # -- leads, twins, erasing -------------------------------------------------------------------

    def _with_sales(self) -> None:
        """Sales accept after a day or two, and some months later it is won, lost or comes back."""
        for lead in leads.leads(self.book):
            days = (self.moment - lead.at).days
            if lead.state == HANDED_OVER and days >= 1 and self.chance.random() < 0.5:
                leads.set_state(self.book, lead.id, ACCEPTED)
            elif lead.state == ACCEPTED and days >= 10 and self.chance.random() < 0.1:
                state = self.chance.choice((WON, LOST, RETURNED, RETURNED))
                self._end(lead.id, state)

    def _end(self, lead_id: int, state: str) -> None:
        self.seen[state] += 1
        leads.set_state(
            self.book,
            lead_id,
            state,
            reason="明年再看" if state == RETURNED else "",
            cents=30_000_00 if state == WON else None,
            next_on=self.moment + timedelta(days=30) if state == RETURNED else None,
        )

    def _tidy(self) -> None:
        """Once a month: the first of those who may be the same are merged, and somebody asks to be
        erased."""
        for pair in twins.found(self.book, "person")[:3]:
            self._take("merges", twins.decide, pair.id, SAME)
        who = self.book.con.execute(
            "SELECT id FROM person_shown ORDER BY id DESC LIMIT 1 OFFSET ?",
            (self.chance.randint(0, 20),),
        ).fetchone()
        if who:
            person = people.get(self.book, who[0])
            self._take("erased", erasing.erase, who[0], erasing.word_for(person))
