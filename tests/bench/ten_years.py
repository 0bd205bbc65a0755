"""A book of ten years: what the sample holds, and 3,600 days of work before it.

The past is written with plain inserts, each verb's rows beside the change that the journal would
hold of it; then ``opslog demo`` tells its three weeks into the same file by the product's own
verbs. So whatever a screen shows is as in the sample, and what takes longer is the past. All of
the past is settled: lists screened twice, call-backs made, follow-ups done.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from opslog.domain.base.clock import Clock, instant_text, system_clock
from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book, open_book
from opslog.services.calls.queue import queue
from opslog.services.demo import demo
from opslog.services.events import events
from opslog.store.db import person_index, search
from opslog.store.db.journalled import columns
from tests.bench import crowd

DAYS = 3_600  # before the sample's three weeks
LEFT_ALONE = timedelta(days=60)  # the newest event of the past, and all that follows it, is over
KINDS = ("webinar", "webinar", "webinar", "conference", "salon")
# What calls come to, in the order they are made: the last one ends it.
ENDS = ("answered", "interested", "not_interested", "wants_material")
TEXTS = (
    "和主办方对接场地与流程",
    "整理报名名单，去掉重复的行",
    "公众号推文改第二版，等设计出图",
    "回访老客户，约下周再聊",
    "Call with the sponsor about the booth",
)
TAGS = ("回访", "推文", "名单", "设计", "场地", "sponsor")


@dataclass(frozen=True)
class Size:
    """How much of everything; the whole is what ten years come to."""

    events: int = 300
    people: int = 15_000
    cards: int = 40_000
    lines: int = 50_000  # typed; what opslog writes itself comes on top

    def part(self, of: int) -> Size:
        return Size(self.events // of, self.people // of, self.cards // of, self.lines // of)


TEN_YEARS = Size()


def fill(folder: Path, size: Size = TEN_YEARS, clock: Clock | None = None) -> Path:
    """The database in ``folder``, made in half a minute; its path."""
    clock = clock or system_clock()
    path = folder / "opslog.db"
    book = open_book(path, clock=clock)
    book.con.execute("PRAGMA synchronous=0")
    Past(book, size).write()
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    book = demo.build(folder, clock=clock)
    queue.queue(book)  # as it is after the first look at Calls
    book.close()
    return path


Row = tuple[object, ...]


@dataclass
class Past:
    """Writes what happened, list by list; the journal is put in order of time at the end."""

    book: Book
    size: Size
    chance: random.Random = field(default_factory=lambda: random.Random(10))
    # at, label, arguments, and what the journal holds of it: table, id, op
    verbs: list[tuple[str, str, dict[str, object], list[tuple[str, int, str]]]] = field(
        default_factory=list
    )
    log: list[Row] = field(default_factory=list)
    named: list[Row] = field(default_factory=list)  # people in the log
    tags: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    touches: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)

    def write(self) -> None:
        begin = self.book.now().replace(hour=6, minute=0, second=0) - timedelta(days=DAYS)
        spread = (timedelta(days=DAYS) - LEFT_ALONE).days / self.size.events
        starts = [begin + timedelta(days=int(spread * n)) for n in range(self.size.events)]
        self._events(starts)
        con = self.book.con
        con.execute("BEGIN IMMEDIATE")
        self._first_line = _next(con, "log")
        self._steps()
        self._people(starts)
        for number, start in enumerate(starts):
            self._list(number + 1, start)
        self._typed(begin)
        for table, rows in (
            *(("touch", self.touches), ("decision", self.decisions), ("log", self.log)),
            *(("log_person", self.named), ("log_tag", self.tags), ("follow_up", self.follow_ups)),
        ):
            marks = ",".join("?" * len(columns(con, table)))
            con.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self._journal()
        con.execute("COMMIT")

    def _events(self, starts: Sequence[datetime]) -> None:
        """Each entered a month before it begins, by the verb that makes its plan."""
        real, moment = self.book.clock, self.book.now()
        self.book.clock = Clock(lambda: moment, real.zone_name)
        for number, start in enumerate(starts):
            moment = start - timedelta(days=30)
            kind = KINDS[number % len(KINDS)]
            draft = EventDraft(f"第{number + 1}场增长分享", kind, start, tag=f"场{number + 1}")
            events.create(self.book, draft)
        self.book.clock = real

    def _steps(self) -> None:
        """Every step is done when it was due, and the log says so."""
        con = self.book.con
        con.execute("UPDATE step SET state='done', done_at=due_at")
        con.execute("UPDATE check_item SET done_at=(SELECT due_at FROM step WHERE id=step_id)")
        for row in con.execute("SELECT id, event_id, title, due_at FROM step_shown").fetchall():
            line = self._line(row["due_at"], f"完成：{row['title']}", "step", row["event_id"])
            args = {"step": row["title"], "event": f"{row['event_id']}"}
            label = "Done: {step} ({event})"
            self.verbs.append((row["due_at"], label, args, [line, ("step", row["id"], "I")]))

    def _people(self, starts: Sequence[datetime]) -> None:
        """Somebody new with each event; a few merged, barred, tagged."""
        con, each = self.book.con, self.size.people / len(starts)
        person_index.put_off(con)
        con.executemany(crowd.INSERT, crowd.rows(self.size.people))
        person_index.catch_up(con)
        con.executemany(
            "UPDATE person SET created_at=? WHERE id > ? AND id <= ?",
            [(_text(at, -10), int(n * each), int((n + 1) * each)) for n, at in enumerate(starts)],
        )
        con.execute("UPDATE person SET merged_into=id - 1 WHERE id % 75 = 0")
        con.execute(
            'INSERT INTO suppressed(kind, value, scope, since, "by")'
            " SELECT 'phone', phone, 'call', created_at, 'operator' FROM person WHERE id % 90 = 1"
        )
        con.execute(
            "INSERT INTO person_tag(person_id, tag) SELECT id, '重点客户' FROM person"
            " WHERE id % 20 = 1"
        )
        self.names = [r[0] for r in con.execute("SELECT name FROM person ORDER BY id")]

    def _list(self, event: int, start: datetime) -> None:
        """A list comes in, people are reminded, screened and called back twice."""
        con, chance, each = self.book.con, self.chance, self.size.cards // self.size.events
        known = self.size.people * event // self.size.events
        newest = range(max(known - each // 2, 0) + 1, known + 1)
        pool = {*newest, *(chance.randint(1, known) for _ in range(2 * each))}
        who = (
            sorted(p for p in pool if p % 75)[-each:]
            if event % 2
            else [p for p in pool if p % 75][:each]
        )
        at = _text(start, -10)
        roster = con.execute(
            "INSERT INTO roster(event_id, name, created_at) VALUES (?,?,?)", (event, "", at)
        ).lastrowid
        file = con.execute(
            "INSERT INTO roster_file(roster_id, file, header_row, columns, mapping, read, new,"
            " updated, unchanged, duplicate, problem, imported_at)"
            " VALUES (?, ?, 1, ?, '{\"name\": [0]}', ?, ?, 0, 0, 0, 0, ?)",
            (roster, f"报名{event}.csv", '["姓名", "报名时间"]', len(who), len(who), at),
        ).lastrowid
        first = _next(con, "card")
        cards = range(first, first + len(who))
        con.executemany(
            "INSERT INTO card(id, roster_id, person_id, signed_up_at, attended) VALUES (?,?,?,?,?)",
            [(c, roster, p, at, chance.random() < 0.6) for c, p in zip(cards, who, strict=True)],
        )
        con.executemany(
            "INSERT INTO roster_row(roster_id, file_id, card_id, line, cells, result)"
            " VALUES (?,?,?,?,?,'new')",
            [
                (roster, file, c, n, json.dumps([self.names[p - 1], at], ensure_ascii=False))
                for n, (c, p) in enumerate(zip(cards, who, strict=True), 2)
            ],
        )
        rounds = [
            con.execute(
                "INSERT INTO round(roster_id, number, opened_at, closed_at) VALUES (?,?,?,?)",
                (roster, number, _text(start, day), _text(start, day, 300)),
            ).lastrowid
            for number, day in enumerate((1, 4, 20))
        ]
        online = KINDS[(event - 1) % len(KINDS)] == "webinar"
        for place, (card, person) in enumerate(zip(cards, who, strict=True)):
            out = chance.choice((0, 1, 2, *[3] * 12))  # the round that drops them; 3: none
            for number in range(min(out, 2) + 1):
                verdict = "drop" if number == out else "keep"
                self._decide(rounds[number], card, person, verdict, _text(start, 1, place + number))
            if not online:
                self._call(event, card, person, "reminder", "coming", _text(start, -1, place))
            if out > 0:
                if online:
                    self._call(event, card, person, "callback-1", "no_answer", _text(start, 2))
                self._call(event, card, person, "callback-1", "answered", _text(start, 3, place))
                if out > 2:
                    end = chance.choice(ENDS)
                    self._call(event, card, person, "callback-2", end, _text(start, 22, place))

    def _decide(self, round_id: int | None, card: int, who: int, verdict: str, at: str) -> None:
        number = len(self.decisions) + 1
        reason = "competitor" if verdict == "drop" else ""
        self.decisions.append((number, round_id, card, verdict, reason, "operator", at))
        args: dict[str, object] = {"name": self.names[who - 1]}
        self.verbs.append((at, "Kept {name}", args, [("decision", number, "I")]))

    def _call(self, event: int, card: int, who: int, purpose: str, outcome: str, at: str) -> None:
        number, name = len(self.touches) + 1, self.names[who - 1]
        waits = at if outcome == "no_answer" else None
        promised = self.chance.random() < 0.1
        self.touches.append(
            (
                *(number, card, purpose, "phone", outcome, "", "", waits, promised, at),
                *(who, event, "out", None, outcome != "no_answer", None),
            )
        )
        line = self._line(at, f"已致电{name}：{outcome}", "call", event)
        self.named.append((len(self.named) + 1, line[1], who, name))
        rows = [line, ("log_person", len(self.named), "I"), ("touch", number, "I")]
        args: dict[str, object] = {"person": name, "outcome": outcome}
        told = "Called {person}: {outcome}"
        self.verbs.append((at, told, args, [*rows, ("person", who, "U")]))

    def _line(
        self, at: str, text: str, source: str, event: int | None, flagged: bool = False
    ) -> tuple[str, int, str]:
        """A line of the log; what the journal holds of it."""
        number = self._first_line + len(self.log)
        indexed = search.index_text(text)
        self.log.append((number, at, text, event, None, flagged, source, indexed, at, "", ""))
        return "log", number, "I"

    def _typed(self, begin: datetime) -> None:
        """Lines typed through the days, some with a tag, some with a follow-up long done."""
        days = DAYS - LEFT_ALONE.days
        for number in range(self.size.lines):
            at = _text(begin, number * days // self.size.lines, number % 480)
            text = f"{TEXTS[number % len(TEXTS)]} {number}"
            event = None if number % 3 else number * self.size.events // self.size.lines + 1
            line = self._line(at, text, "typed", event, number % 50 == 0)
            rows = [line]
            if number % 4 == 0:
                self.tags.append((len(self.tags) + 1, line[1], TAGS[number // 4 % len(TAGS)]))
                rows.append(("log_tag", len(self.tags), "I"))
            if number % 6 == 0:
                who = number * self.size.people // self.size.lines + 1
                about = (event, who, at, None, "", False)
                waited = (len(self.follow_ups) + 1, line[1], text, at, 0, *about)
                self.follow_ups.append(waited)
                rows.append(("follow_up", len(self.follow_ups), "I"))
            self.verbs.append((at, "Logged: {text}", {"text": text}, rows))

    def _journal(self) -> None:
        """Each verb's change and its rows. A person is held as before the call."""
        con = self.book.con
        self.verbs.sort(key=lambda verb: verb[0])
        first = _next(con, "change")
        con.executemany(
            "INSERT INTO change(id, at, session, label, args) VALUES (?,?,?,?,?)",
            (
                (first + n, at, at[:10], label, json.dumps(args, ensure_ascii=False))
                for n, (at, label, args, _rows) in enumerate(self.verbs)
            ),
        )
        con.executemany(
            "INSERT INTO change_row(change_id, tbl, row_id, op) VALUES (?,?,?,?)",
            ((first + n, *row) for n, verb in enumerate(self.verbs) for row in sorted(verb[3])),
        )
        image = ", ".join(f"'{name}', p.{name}" for name in columns(con, "person"))
        con.execute(
            f"UPDATE change_row SET image=(SELECT json_object({image}) FROM person p"
            " WHERE p.id=row_id) WHERE op='U' AND tbl='person'"
        )


def _text(start: datetime, days: int, minutes: int = 0) -> str:
    return instant_text(start + timedelta(days=days, minutes=minutes))


def _next(con: sqlite3.Connection, table: str) -> int:
    return int(con.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])
