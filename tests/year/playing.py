"""The year itself: each working day what an operator does, by the verbs that the keys call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from opslog.domain.events.events import EventDraft
from opslog.services.book import history
from opslog.services.book.book import Book
from opslog.services.calls.attendance import guests
from opslog.services.events import events
from opslog.services.imports import imports
from opslog.services.materials import requests
from opslog.services.people import card as people
from opslog.services.screening import rounds
from opslog.services.today import agenda
from tests.year import sales
from tests.year.calls import Calls
from tests.year.checks import ZONE
from tests.year.desk import Desk
from tests.year.lists import Population
from tests.year.messaging import Messages

KINDS = ("webinar", "salon", "materials", "conference", "recorded", "salon")
NOBODY_COMES = ("recorded", "materials")
BEGIN = date(2026, 1, 5)
AHEAD, LIST_AHEAD = 21, 3  # days before an event that it is entered, and its list is there
CALLED_FOR, LOOKED_FOR = timedelta(21), timedelta(1)  # how long a step waits for what proves it
ROUNDS = (1, 3, 6)  # days after it that its list is screened


@dataclass(frozen=True)
class Size:
    """How much of everything: rows of each list, calls and messages a working day; and what it is
    to come to at least."""

    days: int = 364
    events: int = 60
    rows: int = 334
    calls: int = 46
    adds: int = 10
    messages: int = 120
    barred: float = 0.012  # of those called ask not to be
    least_calls: int = 8_000
    least_programmes: int = 12

    @property
    def people(self) -> int:
        return max(self.events * self.rows // 2, self.rows)


YEAR = Size()
SHORT = Size(42, 4, 40, 12, 6, 20, 0.08, 80, 4)


@dataclass
class Held:
    """An event of the year, and how far its list is."""

    event_id: int
    day: date
    kind: str
    roster_id: int = 0


@dataclass
class Year:
    """Played in ``folder``; what was counted on the way is in the desk's ``seen``."""

    folder: Path
    size: Size = YEAR
    held: list[Held] = field(default_factory=list)
    longest_today: int = 0

    def __post_init__(self) -> None:
        self.desk = Desk(self.folder / "opslog.db", BEGIN)
        self.book, self.seen, self.chance = self.desk.book, self.desk.seen, self.desk.chance
        self.population = Population(self.size.people, self.chance)
        self.calls = Calls(self.desk, self.size.calls, self.size.adds, self.size.barred)
        self.messages = Messages(self.desk, self.size.messages)

    def play(self) -> Book:
        apart = (self.size.days - AHEAD - 14) / max(self.size.events - 1, 1)
        starts = [BEGIN + timedelta(days=14 + int(apart * n)) for n in range(self.size.events)]
        for number in range(self.size.days):
            day = BEGIN + timedelta(days=number)
            self.desk.at(day, 9)
            for index, start in enumerate(starts):
                if day == max(BEGIN, start - timedelta(days=AHEAD)):
                    self._enter(index, start)
            if self.desk.is_workday(day):
                self._work(day)
        self.book.con.execute("PRAGMA synchronous=2")
        return self.book

    def _work(self, day: date) -> None:
        self.seen["working days"] += 1
        number = self.seen["working days"]
        self._lists(day)
        self._look()
        self.desk.at(day, 9, 30)
        self.calls.morning()
        self._tick()
        self.messages.day()
        self.calls.evening()
        if number % 5 == 0:
            self.calls.budget()
            self.calls.tell()
        self._tick()
        sales.with_sales(self.desk)
        if number % 20 == 0:
            sales.tidy(self.desk)
        if number % 7 == 0:
            history.undo(self.book)
            history.redo(self.book)

    def _look(self) -> None:
        number = len(agenda.today(self.book))
        self.longest_today = max(self.longest_today, number)
        self.seen["lines of Today"] += number

    def _tick(self) -> None:
        """Every step that has come and that nothing proves is done by hand; of what proves itself
        the rest is given up after a while, as nobody calls a list to its end."""
        for ranked in agenda.today(self.book):
            due = ranked.item
            patience = timedelta()
            if due.evidence:
                patience = CALLED_FOR if due.whom else LOOKED_FOR
            if due.kind == "step" and due.due + patience <= self.desk.moment:
                self.desk.take("steps", agenda.done, due)

    # -- events and their lists ------------------------------------------------------------------

    def _enter(self, index: int, start: date) -> None:
        kind = KINDS[index % len(KINDS)]
        draft = EventDraft(
            f"第{index + 1}场增长分享",
            kind,
            datetime.combine(start, time(14), ZONE),
            tag=f"场{index + 1}",
            place="上海" if kind in ("salon", "conference") else "",
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
        """Of materials who gets them, of the others who was there."""
        if one.kind == "materials":
            self._requested(one)
        unmarked = [
            guest.card_id
            for guest in guests.guests(self.book, one.event_id)
            if guest.attended is None and not guest.dropped
        ]
        if not unmarked or one.kind in NOBODY_COMES:
            return
        came = [card for card in unmarked if self.chance.random() < 0.6]
        guests.mark_many_attended(self.book, one.event_id, came, attended=True)
        rest = sorted({*unmarked} - {*came})
        guests.mark_many_attended(self.book, one.event_id, rest, attended=False)

    def _requested(self, one: Held) -> None:
        asked = [
            asking
            for asking in requests.of_event(self.book, one.event_id)
            if not asking.verdict and asking.sent_at is None
        ]
        rivals = [asking.card_id for asking in asked if asking.rival]
        others = [asking.card_id for asking in asked if not asking.rival]
        if rivals:
            requests.refuse(self.book, rivals, "竞对")
        if others:
            requests.send(self.book, others)
        self.seen["materials refused"] += len(rivals)
        self.seen["materials sent"] += len(others)

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
