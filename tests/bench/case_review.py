"""``review``: the review of a conference of many rows and calls, against that of an empty event."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from opslog.domain.base.clock import instant_text
from opslog.domain.events.events import EventDraft
from opslog.services.book.book import Book, open_book
from opslog.services.events import events
from opslog.services.reviews.reviews import MANY
from tests.bench.case_keys import shown
from tests.bench.case_people import today
from tests.bench.measuring import Figure, Settings, in_turn, median, percentile

PAINTED = "From seen to handed over"  # the heading of the first picture: what the list says
COUNTED = "Before “"  # below the whole funnel, who left where; an event without a list has none
WHOLE = "y Copy"  # a key that works once all of it stands there
DAYS_AGO = 300  # long over: nothing of it is to be called or screened, which Today would count
REMINDED = ("coming", "coming", "not_coming", "no_answer", "unsure")
CALLED_BACK = ("interested", "answered", "no_answer", "not_interested")
DROPPED = ("colleague", "competitor", "made_up")


def paint(settings: Settings) -> list[Figure]:
    """From the key to what the list says at once, to the whole funnel, and to the whole review,
    never shown before. A call to five rows."""
    full, empty = settings.folder / "full.db", settings.folder / "empty.db"
    make(full, settings.people)
    make(empty, 0)
    wholes: dict[Path, list[float]] = {full: [], empty: []}
    funnels: dict[Path, list[float]] = {full: [], empty: []}

    def painted(path: Path) -> float:
        with today(path, settings) as terminal:
            terminal.wait_for("F1 Help")
            terminal.press("f8")
            terminal.wait_for("To paste into a chat")
            terminal.drain(0.5)
            start, pressed = len(terminal.raw), time.perf_counter()
            terminal.press("v")
            first = shown(terminal, PAINTED, start) - pressed
            counted = COUNTED if path == full and settings.people >= MANY else WHOLE
            funnels[path].append(shown(terminal, counted, start) - pressed)
            wholes[path].append(shown(terminal, WHOLE, start) - pressed)
            return first

    firsts = in_turn(settings.runs, lambda: painted(full), lambda: painted(empty))
    return [
        _figure("review", "first paint of the review", firsts, settings, goal=2.0),
        *(
            _figure(name, what, [taken[path][-settings.runs :] for path in (full, empty)], settings)
            for name, what, taken in (
                ("review-funnel", "the whole funnel", funnels),
                ("review-whole", "the whole review", wholes),
            )
        ),
    ]


def _figure(
    name: str, what: str, taken: list[list[float]], settings: Settings, goal: float | None = None
) -> Figure:
    ours, reference = taken
    return Figure(
        name,
        f"{what} of {settings.people:,} rows, a call to five of them",
        median(ours),
        median(reference),
        "of an event without a list",
        goal=goal,
        runs=settings.runs,
        more={"p95": percentile(ours, 0.95), "p95 of the empty": percentile(reference, 0.95)},
    )


def make(path: Path, rows: int) -> None:
    """A conference long over with so many rows: all decided on in a first round, half of the calls
    reminders, half call-backs, with answers and leads. Without rows it has no list."""
    book = open_book(path)
    start = datetime.now(UTC).replace(hour=1, minute=0, second=0, microsecond=0)
    start -= timedelta(days=DAYS_AGO)
    event = events.create(book, EventDraft("杭州大会", "conference", start)).made
    if rows:
        book.con.execute("BEGIN IMMEDIATE")
        _fill(book, event, start, rows)
        book.con.execute("COMMIT")
    book.close()


def _fill(book: Book, event: int, start: datetime, rows: int) -> None:
    con, chance, at = book.con, random.Random(14), instant_text(start)
    roster = con.execute(
        "INSERT INTO roster(event_id, name, created_at) VALUES (?,?,?)", (event, "杭州大会", at)
    ).lastrowid
    number = con.execute(
        "INSERT INTO round(roster_id, number, opened_at, closed_at) VALUES (?,0,?,?)",
        (roster, at, at),
    ).lastrowid
    channels = [
        con.execute("INSERT INTO channel(event_id, label) VALUES (?,?)", (event, label)).lastrowid
        for label in ("邮件", "朋友圈", "社群")
    ]
    people = range(1, rows + 1)
    con.executemany(
        "INSERT INTO person(id, name, company, phone, created_at) VALUES (?,?,?,?,?)",
        ((n, f"客户{n}", f"公司{n % 5000}", f"+861380{n:07}", at) for n in people),
    )
    con.executemany(
        "INSERT INTO card(id, roster_id, person_id, signed_up_at, attended, minutes, channel_id)"
        " VALUES (?,?,?,?,?,?,?)",
        (
            (
                *(n, roster, n),
                instant_text(start - timedelta(minutes=chance.randrange(30_000))),
                *(chance.random() < 0.6, chance.randrange(30, 300)),
                chance.choice((None, *channels)),
            )
            for n in people
        ),
    )
    con.executemany(
        "INSERT INTO decision(round_id, card_id, verdict, reason, at) VALUES (?,?,?,?,?)",
        (
            (number, n, "drop", chance.choice(DROPPED), at)
            if chance.random() < 0.1
            else (number, n, "keep", "", at)
            for n in people
        ),
    )
    con.executemany(
        "INSERT INTO touch(card_id, person_id, event_id, purpose, lane, outcome, at)"
        " VALUES (?,?,?,?,'phone',?,?)",
        _touches(event, start, rows, chance),
    )
    for lead in range(1, rows // 100 + 1):
        con.execute(
            "INSERT INTO handover(id, person_id, card_id, event_id) VALUES (?,?,?,?)",
            (lead, lead, lead, event),
        )
        con.execute(
            "INSERT INTO handover_state(handover_id, state, at) VALUES (?,?,?)",
            (lead, chance.choice(("won", "lost")), at),
        )


def _touches(
    event: int, start: datetime, rows: int, chance: random.Random
) -> Iterator[tuple[object, ...]]:
    for n in range(1, rows // 10 + 1):
        for purpose, outcomes, days in (
            ("reminder", REMINDED, -1),
            ("callback-1", CALLED_BACK, 1),
        ):
            made = start + timedelta(days=days, seconds=n)
            yield n, n, event, purpose, chance.choice(outcomes), instant_text(made)
