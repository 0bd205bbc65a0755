"""Cases of calling, at the keyboard: ``outcome`` and ``queue``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from opslog.domain.base.clock import instant_of
from opslog.services.book.book import open_book
from opslog.services.calls.queue import queue as call_queue
from opslog.tui.calls.seen import REPEAT_SECONDS
from tests.bench.case_keys import WARM_UP, WIDE, shown_after
from tests.bench.lists import with_people
from tests.bench.measuring import Figure, Settings, median, percentile
from tests.conftest import StandingClock
from tests.pty.terminal import Terminal, environment

OUTCOME = "1"  # coming
GOAL = 1.2
LET_GO = REPEAT_SECONDS + 0.05  # the same key sooner would be taken for one held down


def outcome(settings: Settings) -> list[Figure]:
    """An outcome written durably, to the next card."""
    keys = WARM_UP + settings.keys
    return [_outcome(settings, "outcome", keys + 40, keys, "an outcome key to the next card")]


def queue(settings: Settings) -> list[Figure]:
    """The same where a list of ``people`` is to be called."""
    keys = WARM_UP + min(settings.keys, 20)
    what = f"an outcome key in a queue of {settings.people:,}"
    return [_outcome(settings, "queue", settings.people, keys, what)]


def _outcome(settings: Settings, name: str, people: int, keys: int, what: str) -> Figure:
    database = settings.cache / f"calls_{people}.db"
    if not database.exists():
        with_people(database, people)
    ours: list[float] = []
    theirs: list[float] = []
    first: list[float] = []
    total, env = _morning(database, settings)
    cards = settings.folder / "cards.json"
    with _calls(copied(database, settings), env, total, first) as terminal:
        screens = [terminal.lines()]
        for number in range(keys):
            shown_after(terminal, OUTCOME, f"{total - number - 1} of {total} left", LET_GO)
            screens.append(terminal.lines())
    cards.write_text(json.dumps(screens), encoding="utf-8")

    def timed(terminal: Terminal, shown: Callable[[int], str]) -> list[float]:
        return [shown_after(terminal, OUTCOME, shown(n), LET_GO) for n in range(keys)][WARM_UP:]

    def left(number: int) -> str:
        return f"{total - number - 1} of {total} left"

    for _ in range(settings.runs):
        with _calls(copied(database, settings), env, total, first) as terminal:
            ours += timed(terminal, left)
        with Terminal.python(
            "-m", "tests.bench.reference_card", str(cards), env=env, **WIDE
        ) as terminal:
            terminal.wait_for(f"{total} of {total} left")
            terminal.drain(0.5)
            theirs += timed(terminal, left)
    return Figure(
        name,
        f"{what}, in the file",
        median(ours),
        median(theirs),
        "the same cards in a Textual app that writes nothing",
        goal=GOAL,
        runs=len(ours),
        more={"p95": percentile(ours, 0.95), "first paint": median(first)},
    )


def copied(database: Path, settings: Settings) -> Path:
    """Without what a process that was ended left beside the copy before."""
    for old in settings.folder.glob("copy.db*"):
        old.unlink()
    return Path(shutil.copyfile(database, settings.folder / "copy.db"))


def _morning(database: Path, settings: Settings) -> tuple[int, dict[str, str]]:
    """How many are to be reminded in the morning of the day of the event, and a process's
    surroundings with that time."""
    book = open_book(database)
    starts = instant_of(book.con.execute("SELECT starts_at FROM event").fetchone()[0])
    book.close()
    morning = starts - timedelta(hours=4)
    book = open_book(database, clock=StandingClock(morning))
    total = sum(line.ready for line in call_queue.queue(book))
    book.close()
    return total, environment(settings.folder, OPSLOG_NOW=morning.isoformat())


@contextmanager
def _calls(
    database: Path, env: dict[str, str], total: int, first: list[float]
) -> Iterator[Terminal]:
    """Calls with its first card; ``first`` gets the seconds that took."""
    with Terminal.opslog("--db", str(database), env=env, **WIDE) as terminal:
        terminal.wait_for("Today")
        terminal.drain(1.0)  # the screens are imported while nobody waits
        first.append(shown_after(terminal, "f6", f"{total} of {total} left"))
        terminal.drain(0.5)
        yield terminal
