"""``plans``: Today, the month and the time line with many events, against the same with three."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from opslog.domain.events.events import EventDraft
from opslog.services.book.book import open_book
from opslog.services.events import events
from tests.bench.case_keys import shown, shown_after
from tests.bench.case_people import today
from tests.bench.measuring import Figure, Settings, in_turn, median, percentile
from tests.pty.terminal import Terminal

EVENTS, FEW = 300, 3
SHORT = 6  # events where sizes say nothing about speed
APART = 5  # days from one event to the next, half of them over
GOAL = 1.3


def paint(settings: Settings) -> list[Figure]:
    """From the start to Today, and from the key to the month and to the time line."""
    number = EVENTS if settings.many >= EVENTS else SHORT
    many, few = settings.folder / "many-events.db", settings.folder / "few-events.db"
    make(many, number)
    make(few, FEW)

    def start(path: Path) -> float:
        begun = time.perf_counter()
        with Terminal.opslog("--db", str(path), env=settings.environment()) as terminal:
            return shown(terminal, "F1 Help", 0) - begun

    def month(path: Path) -> float:
        with today(path, settings) as terminal:
            return shown_after(terminal, "C", "Other view")

    def timeline(path: Path) -> float:
        with today(path, settings) as terminal:
            shown_after(terminal, "C", "Other view")
            shown_after(terminal, "tab", "Sun ")
            return shown_after(terminal, "tab", "Steps a day")

    found = []
    for name, what, one in (
        ("plans", "first paint of the month", month),
        ("plans-timeline", "first paint of the time line", timeline),
        ("plans-today", "Today", start),
    ):
        ours, reference = in_turn(settings.runs, partial(one, many), partial(one, few))
        high = {"p95": percentile(ours, 0.95), f"p95 with {FEW}": percentile(reference, 0.95)}
        found.append(
            Figure(
                name,
                f"{what} with {number} events of some thirty steps",
                median(ours),
                median(reference),
                f"with {FEW}",
                goal=GOAL,
                runs=settings.runs,
                more=high,
            )
        )
    return found


def make(path: Path, number: int) -> None:
    """So many salons, evenly over the past and the time to come."""
    book = open_book(path)
    noon = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    for n in range(number):
        starts = noon + timedelta(days=(n - number // 2) * APART + 1)
        events.create(book, EventDraft(f"沙龙 {n + 1}", "salon", starts))
    book.close()
