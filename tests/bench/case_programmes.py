"""``programmes``: today's messages with 50,000 people in programmes, against the same with 50."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from opslog.domain.base.clock import instant_text
from opslog.services.book.book import open_book
from opslog.store.programmes.enrolments import SENT, SKIPPED
from tests.bench import crowd
from tests.bench.case_keys import shown, shown_after
from tests.bench.case_people import today
from tests.bench.measuring import Figure, Settings, in_turn, median, percentile
from tests.pty.terminal import Terminal

PEOPLE, DUE, FEW = 50_000, 10_000, 50
SHORT = 600  # people where sizes say nothing about speed
GOAL = 1.3
PROGRAMME = "after-webinar"
STEP, BEFORE = "day-3", ("day-1", "day-2")


def paint(settings: Settings) -> list[Figure]:
    """From the key to today's messages with the first card, and from the start to Today."""
    number = PEOPLE if settings.many >= PEOPLE else SHORT
    many, few = settings.folder / "many-messages.db", settings.folder / "few-messages.db"
    for path, enrolled in ((many, number), (few, FEW)):
        crowd.fill(path, number)
        enrol(path, enrolled, min(enrolled, DUE))

    def messages(path: Path) -> float:
        with today(path, settings) as terminal:
            shown_after(terminal, "f6", "Nobody is to be called")
            return shown_after(terminal, ";", "still to send")

    def start(path: Path) -> float:
        begun = time.perf_counter()
        with Terminal.opslog("--db", str(path), env=settings.environment()) as terminal:
            return shown(terminal, "F1 Help", 0) - begun

    found = []
    for name, what, one in (
        ("programmes", "first paint of the day's messages", messages),
        ("programmes-today", "Today", start),
    ):
        ours, reference = in_turn(settings.runs, partial(one, many), partial(one, few))
        high = {"p95": percentile(ours, 0.95), f"p95 with {FEW}": percentile(reference, 0.95)}
        found.append(
            Figure(
                name,
                f"{what} with {number} people in programmes, {min(number, DUE)} due",
                median(ours),
                median(reference),
                f"with {FEW}",
                goal=GOAL,
                runs=settings.runs,
                more=high,
            )
        )
    return found


def enrol(path: Path, number: int, due: int) -> None:
    """So many people in a programme, ``due`` of them at one step today, each with what they got
    before; the others over the weeks to come."""
    book = open_book(path)
    book.con.execute("PRAGMA synchronous=0")
    book.con.execute("BEGIN IMMEDIATE")
    book.con.executemany(
        "INSERT INTO enrolment(id, person_id, programme, started_on, entered_at, next_step,"
        " next_on, slot, state_at) VALUES (?,?,?,?,?,?,?,?,?)",
        _people(book.today(), number, due),
    )
    book.con.execute(
        "INSERT INTO touch(person_id, purpose, lane, outcome, at)"
        " SELECT person_id, 'message', 'wecom', 'sent', entered_at FROM enrolment"
    )
    for step, state in zip(BEFORE, (SENT, SKIPPED), strict=True):
        book.con.execute(
            "INSERT INTO sending(enrolment_id, step, due_on, at, state, touch_id)"
            " SELECT e.id, ?1, e.started_on, e.entered_at, ?2, CASE ?2 WHEN 'sent' THEN t.id END"
            " FROM enrolment e JOIN touch t ON t.person_id=e.person_id",
            (step, state),
        )
    book.con.execute("COMMIT")
    book.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()


def _people(today: date, number: int, due: int) -> Iterator[tuple[object, ...]]:
    noon = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    for n in range(number):
        later = 0 if n < due else 1 + n % 40
        start = today - timedelta(days=2) + timedelta(days=later)
        entered = instant_text(noon - timedelta(days=n % 25))
        slot = ("lunch", "leaving", "evening")[n % 3]
        on = (today + timedelta(days=later)).isoformat()
        yield (*(n + 1, n + 1, PROGRAMME, start.isoformat(), entered, STEP, on, slot, entered),)
