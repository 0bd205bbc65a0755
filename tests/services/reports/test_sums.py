"""Over random histories every number of a report is what a plain count of the ledger gives, and
opens as many rows as it says."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from sqlite3 import Row
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opslog.domain.answers.questions import Question
from opslog.domain.base.refusal import Refused
from opslog.domain.events.events import EventDraft
from opslog.domain.reports.figures import Figure
from opslog.domain.reports.stretches import DAY, MONTH, WEEK, Stretch, of
from opslog.services.answers import answering
from opslog.services.book import history
from opslog.services.book.book import Book, open_book
from opslog.services.calls import calling, off_list
from opslog.services.calls.attendance import door, guests
from opslog.services.daybook import folds, follow_ups
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.events.plans import steps
from opslog.services.leads import leads
from opslog.services.people import card as person_card
from opslog.services.people import erasing
from opslog.services.reports import opening, reports
from opslog.services.screening import rounds
from opslog.services.twins import twins
from tests.conftest import StandingClock
from tests.services.lists import Sheet, make_list

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = [(f"客户{n}", f"公司{n % 3}", "经理", f"+861380013{n:04}", "") for n in range(5)]
REMINDERS = ("coming", "not_coming", "no_answer", "unsure", "colleague_comes")
CALLBACKS = ("interested", "answered", "no_answer", "hand_over", "not_interested")
MESSAGES = ("replied", "sent", "interested")
WORTH = Question("worth", "值得来吗？", "Worth it?", "choice", ("值", "不值"), ("yes", "no"))
REACHED = {*REMINDERS, *CALLBACKS, "replied"} - {"no_answer", "sent"}

which = st.integers(0, 9)
deeds = st.lists(
    st.one_of(
        st.tuples(
            st.just("call"), which, st.sampled_from(REMINDERS), st.sampled_from(("", "很满意"))
        ),
        st.tuples(st.just("call back"), which, st.sampled_from(CALLBACKS), st.just("")),
        st.tuples(st.just("write"), which, st.sampled_from(MESSAGES), st.just("在看")),
        st.tuples(st.just("decide"), which, st.sampled_from(("keep", "drop", "park", "undecided"))),
        st.tuples(st.just("close")),
        st.tuples(st.just("tick"), which),
        st.tuples(st.just("move"), which, st.integers(1, 9)),
        st.tuples(st.just("remove"), which),
        st.tuples(st.just("log"), st.sampled_from(("#回访 王总 ~20m", "写文案 ~1h", "开会 >+1d"))),
        st.tuples(st.just("finish"), which),
        st.tuples(st.just("lead"), which, st.sampled_from(("", "陈磊"))),
        st.tuples(st.just("walk in"), which),
        st.tuples(st.just("ask"), which, st.sampled_from(("", "1", "2"))),
        st.tuples(st.just("mark"), which, st.booleans()),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("merge"), which, which),
        st.tuples(st.just("erase"), which),
        st.tuples(st.just("wait"), st.sampled_from((0.5, 1, 2, 300, 1440))),
    ),
    min_size=4,
    max_size=40,
)


class Story:
    """A salon in a week with five people, one just over with three of them, and a plan."""

    def __init__(self, book: Book, clock: StandingClock) -> None:
        self.book, self.clock = book, clock
        self.ahead = make_list(book, PEOPLE, ends_ago=-timedelta(hours=31))
        self.over = make_list(
            book,
            [(f"旧{n[0]}", n[1], n[2], n[3].replace("3800", "3911"), "") for n in PEOPLE],
            event="北京大会",
            ends_ago=timedelta(days=3),
            people=self.ahead.people[:3],  # whom one call is for two purposes of
        )
        book.con.executemany(
            "INSERT INTO target(event_id, measure, value) VALUES (?,?,?)",
            [(self.over.event_id, "signups", 8), (self.over.event_id, "attended", 4)],
        )
        starts = MONDAY + timedelta(days=9)
        self.event = events.create(book, EventDraft("直播", "webinar", starts)).made
        rounds.open_round(book, self.over.roster_id)

    def do(self, deed: tuple[Any, ...]) -> None:
        """Refusals are part of a day."""
        with suppress(Refused):
            self._do(*deed)

    def _do(self, verb: str, *how: Any) -> None:
        book = self.book
        if verb == "call":
            card, note = self._card(self.ahead, how[0]), how[2]
            calling.record(book, card, "reminder", how[1], lane="phone", note=note)
        elif verb == "call back":
            card = self._card(self.over, how[0])
            calling.record(book, card, "callback-1", how[1], lane="phone")
        elif verb == "write":
            off_list.record(book, self.over.people[how[0] % 5], how[1], lane="wecom", note=how[2])
        elif verb == "decide":
            number = self._round()
            reason = "competitor" if how[1] == "drop" else ""
            rounds.decide(book, number, self._card(self.over, how[0]), how[1], reason)
        elif verb == "close":
            rounds.close_round(book, self._round(), force=True)
        elif verb in ("tick", "move", "remove"):
            self._step(verb, *how)
        elif verb == "log":
            log_lines.add(book, how[0])
        elif verb == "finish":
            waiting = book.con.execute("SELECT id FROM follow_up ORDER BY id").fetchall()
            if waiting:
                follow_ups.finish_follow_up(book, waiting[how[0] % len(waiting)][0])
        elif verb == "lead":
            leads.keep(book, self.over.people[how[0] % 5], {"need": "要报价"}, how[1])
        elif verb == "walk in":
            door.walk_in(book, self.over.event_id, {"name": f"现场{how[0]}"})
        elif verb == "ask":
            whom = self._who(self.over.people[how[0] % 5])
            if how[1]:
                answering.answer(book, WORTH, whom, self.over.event_id, how[1])
            else:
                answering.take_back(book, WORTH, whom, self.over.event_id)
        elif verb == "mark":
            guests.mark_attended(book, self._card(self.over, how[0]), how[1])
        elif verb == "undo":
            history.undo(book)
        elif verb == "redo":
            history.redo(book)
        elif verb == "merge":
            one, other = self.over.people[how[0] % 5], self.ahead.people[how[1] % 5]
            if one != other:
                twins.merge(book, one, other)
        elif verb == "erase":
            person = person_card.get(book, self.over.people[how[0] % 5])
            erasing.erase(book, person.id, erasing.word_for(person))
        elif verb == "wait":
            self.clock.move_to(self.clock.instant + timedelta(minutes=how[0]))

    def _who(self, person_id: int) -> int:
        """Whom somebody was merged into: nobody opens the card of who is gone."""
        row = self.book.con.execute("SELECT merged_into FROM person WHERE id=?", (person_id,))
        return int(row.fetchone()[0] or person_id)

    def _round(self) -> int:
        """The first one; opened anew where that was undone."""
        opened = rounds.rounds_of(self.book, self.over.roster_id)
        return opened[0].id if opened else rounds.open_round(self.book, self.over.roster_id).made

    def _step(self, verb: str, at: int, days: int = 0) -> None:
        plan = events.plan(self.book, self.event)
        if not plan:  # the event was undone
            return
        line = plan[at % len(plan)]
        if verb == "tick":
            steps.tick_step(self.book, line.id)
        elif verb == "move":
            steps.move_step(self.book, line.id, self.book.now() + timedelta(days=days))
        else:
            steps.remove_step(self.book, line.id)

    @staticmethod
    def _card(made: Sheet, at: int) -> int:
        return made.cards[at % len(made.cards)]


def _rows(book: Book, table: str) -> list[Row]:
    return book.con.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()


def _in(days: Stretch, at: str | None) -> bool:
    """Whether an instant of the file falls on a day of Shanghai among these."""
    if not at:
        return False
    local = datetime.fromisoformat(at.replace("Z", "+00:00")) + timedelta(hours=8)
    return days.first <= local.date() <= days.last


def _newest(rows: Iterable[Row], key: Any) -> list[Row]:
    return list({key(row): row for row in rows}.values())


def counted(book: Book, days: Stretch) -> dict[str, int]:
    """The same numbers from whole tables, row by row."""
    touches = [row for row in _rows(book, "touch") if _in(days, row["at"])]
    phone = [t for t in touches if t["lane"] == "phone"]
    calls: dict[int, list[Row]] = defaultdict(list)
    for row in phone:
        calls[row["call_id"] or row["id"]].append(row)
    written = [t for t in touches if t["lane"] != "phone" and t["direction"] == "out"]
    answered = sorted(touches, key=lambda t: (t["outcome"] in REACHED, t["id"]))
    newest = _newest(answered, lambda t: (t["event_id"], t["purpose"], t["person_id"]))
    reminded = [t for t in newest if t["purpose"] == "reminder"]
    verdicts = [row for row in _rows(book, "decision") if _in(days, row["at"])]
    verdicts = [
        row
        for row in _newest(verdicts, lambda d: (d["round_id"], d["card_id"]))
        if row["verdict"] != "undecided"
    ]
    verdict = Counter(row["verdict"] for row in verdicts)
    log = [row for row in _rows(book, "log") if _in(days, row["at"])]
    found = {
        "calls": len(calls),
        "reached": sum(any(t["outcome"] in REACHED for t in some) for some in calls.values()),
        "messages": len(written),
        "replied": sum(t["outcome"] in REACHED for t in written),
        "coming": sum(t["outcome"] == "coming" for t in reminded),
        "not_coming": sum(t["outcome"] == "not_coming" for t in reminded),
        "handed_over": _leads(book, days)["handed_over"],
        "lead": _leads(book, days)["lead"],
        "said": sum(bool(t["note"]) and t["call_id"] is None for t in touches),
        "round-0": len(verdicts),
        "round-0.kept": verdict["keep"],
        "round-0.dropped": verdict["drop"],
        "round-0.parked": verdict["park"],
        "walk_ins": sum(
            row["way"] == "door" and _in(days, row["signed_up_at"]) for row in _rows(book, "card")
        ),
        "done": sum(
            row["state"] == "done" and _in(days, row["done_at"])
            for row in _rows(book, "step_shown")
        ),
        "tasks": sum(_in(days, row["done_at"]) for row in _rows(book, "follow_up")),
        "lines": sum(row["source"] == "typed" for row in log),
        "minutes_回访": sum(
            row["minutes"] for row in log if row["text"].startswith("王总") and row["minutes"]
        ),
        "files": sum(_in(days, row["imported_at"]) for row in _rows(book, "roster_file")),
        "dropped": _removed(book, days),
        "answers": _answers(book, days),
        "round-0.minutes": round(_at_work(book, days) / 60) if verdicts else 0,
        **_hours(touches, days),
        **_events(book, days),
    }
    return {key: number for key, number in found.items() if number}


def _answers(book: Book, days: Stretch) -> int:
    """Those that hold: the newest of each person about each event, if it says anything."""
    newest = _newest(_rows(book, "answer"), lambda a: (a["person_id"], a["event_id"]))
    return sum(bool(a["value"]) and _in(days, a["at"]) for a in newest)


def _at_work(book: Book, days: Stretch) -> float:
    """Seconds between verdicts of a stretch that followed each other within three minutes."""
    moments = [
        datetime.fromisoformat(row["at"].replace("Z", "+00:00"))
        for row in _rows(book, "decision")
        if _in(days, row["at"])
    ]
    gaps = [(b - a).total_seconds() for a, b in pairwise(moments)]
    return sum(gap for gap in gaps if gap < 180)


def _hours(touches: list[Row], days: Stretch) -> dict[str, int]:
    """Of a day, by the hour of each call's first attempt in Shanghai."""
    first: dict[int, str] = {}
    for t in touches:
        if t["lane"] == "phone":
            first.setdefault(t["call_id"] or t["id"], t["at"])
    hours = Counter((int(at[11:13]) + 8) % 24 for at in first.values())
    return {f"hour.{hour:02}": n for hour, n in hours.items()} if days.kind == DAY else {}


def _events(book: Book, days: Stretch) -> dict[str, int]:
    """Events that ended in the stretch by now; the one with targets by its cards."""
    now = book.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    held = [
        row["id"]
        for row in _rows(book, "event")
        if _in(days, row["ends_at"]) and row["ends_at"] <= now
    ]
    wanted = {row["event_id"] for row in _rows(book, "target")} & set(held)
    rosters = {row["id"] for row in _rows(book, "roster") if row["event_id"] in wanted}
    cards = [row for row in _rows(book, "card") if row["roster_id"] in rosters]
    return {
        "events": len(held),
        "target.signups": sum(row["way"] != "door" for row in cards),
        "target.attended": sum(row["attended"] == 1 for row in cards),
    }


def _leads(book: Book, days: Stretch) -> Counter[str]:
    """Of each lead its newest state of the stretch, and that it was handed over in it."""
    states = [row for row in _rows(book, "handover_state") if _in(days, row["at"])]
    newest = _newest(states, lambda row: row["handover_id"])
    handed = {row["handover_id"] for row in states if row["state"] == "handed_over"}
    found = Counter(row["state"] for row in newest)
    found["handed_over"] = len(handed)
    return found


def _removed(book: Book, days: Stretch) -> int:
    """Steps that changes of the history say were taken out, and are."""
    there = {row["id"] for row in _rows(book, "step")}
    return sum(
        _in(days, row["at"]) and row["row_id"] not in there
        for row in book.con.execute(
            "SELECT c.at, r.row_id FROM change c JOIN change_row r ON r.change_id=c.id"
            " WHERE r.tbl='step' AND r.op='D' AND c.state='done'"
        )
    )


def check(book: Book, days: Stretch) -> None:
    report = reports.report(book, days)
    figures = report.figures()
    for figure in figures:
        assert len(opening.opened(book, report, figure)) == len(figure.rows), figure
        assert len(set(figure.rows)) == len(figure.rows), figure
    wanted = counted(book, days)
    assert {key: _value(figures, key) for key in wanted} == wanted
    said = {one.key for one in figures if one.key in _KEYS or one.key.startswith("hour.")}
    assert said == {key for key in wanted if key in _KEYS or key.startswith("hour.")}
    assert "%" not in WITH_COUNT.sub("", report.text())  # of fewer than twenty none stands alone
    folded = [id for fold in folds.found(book, days.first, days.last) for id in fold.ids]
    called = [r["id"] for r in _rows(book, "log") if r["source"] == "call" and _in(days, r["at"])]
    assert len(folded) == len(set(folded))
    assert set(folded) <= set(called)


# “15 of 24 (62%)”, “3 of 7 who signed up came (43%, 16–75%)”: what a share may be said with.
WITH_COUNT = re.compile(r"\d+ of \d+ (who signed up came )?\(\d+%(, \d+–\d+%)?\)")


_KEYS = {
    *(
        "calls",
        "reached",
        "messages",
        "replied",
        "coming",
        "not_coming",
        "handed_over",
        "said",
        "lead",
    ),
    *("round-0", "round-0.kept", "round-0.dropped", "round-0.parked", "walk_ins", "done"),
    *("tasks", "lines", "minutes_回访", "files", "dropped", "answers", "events"),
    *("target.signups", "target.attended"),
}


def _value(figures: Iterable[Figure], key: str) -> int:
    return sum(one.value for one in figures if one.key == key)


@given(deeds)
@settings(max_examples=25)
def test_every_number_is_a_plain_count_and_opens_its_rows(story: list[tuple[Any, ...]]) -> None:
    clock = StandingClock(MONDAY)
    with tempfile.TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "opslog.db", clock=clock, session="test")
        try:
            told = Story(book, clock)
            for deed in story:
                told.do(deed)
            for day in range(3):
                check(book, of(DAY, date(2026, 11, 23) + timedelta(days=day)))
            check(book, of(WEEK, date(2026, 11, 25)))
            check(book, of(MONTH, date(2026, 11, 1)))
        finally:
            book.close()
