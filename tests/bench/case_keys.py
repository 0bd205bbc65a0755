"""Cases timed at the keyboard: ``decision``, ``held-key``, ``arrow`` and ``arrow-import``."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.lists import with_people, with_round
from tests.bench.measuring import Figure, Settings, median, opslog, percentile
from tests.bench.people import write_list
from tests.pty.terminal import Terminal
from tests.pty.waiting import PATIENCE

WARM_UP = 8  # keys whose time is not counted
THINKING = 0.03  # seconds of quiet before the next key: Textual's idle work is done by then
OVERLAP = 200  # bytes: more than a counter with its colours takes
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
WIDE = {"columns": 120, "rows": 40}  # the terminal a row is screened on, and its reference drawn
DECISIONS = ("enter", "5")  # keep, not target


def shown(terminal: Terminal, wanted: str, start: int) -> float:
    """The moment (perf_counter) ``wanted`` has come, looking from byte ``start`` on."""
    text, end = wanted.encode(), time.perf_counter() + PATIENCE
    while text not in _ESCAPES.sub(b"", terminal.raw[start:]):
        if not terminal.pump(PATIENCE) or time.perf_counter() > end:  # a clock goes on drawing
            raise AssertionError(f"{wanted!r} never came; the screen:\n{terminal.text}")
    return time.perf_counter()


def shown_after(terminal: Terminal, key: str, wanted: str, thinking: float = THINKING) -> float:
    """Seconds from a key to ``wanted`` on the screen; ``thinking`` more until the next."""
    start, pressed = len(terminal.raw), time.perf_counter()
    terminal.press(key)
    taken = shown(terminal, wanted, start) - pressed
    terminal.drain(thinking)
    return taken


def drawn_after(terminal: Terminal, key: str) -> float:
    """Seconds from a key to the last byte of what it draws."""
    pressed = time.perf_counter()
    terminal.press(key)
    if not terminal.pump(PATIENCE):
        raise AssertionError(f"{key} drew nothing; the screen:\n{terminal.text}")
    last = time.perf_counter()
    while terminal.pump(THINKING):
        last = time.perf_counter()
    return last - pressed


@contextmanager
def screening(database: Path, settings: Settings) -> Iterator[Terminal]:
    """The open round of the only list, its first card shown."""
    words = ("--db", str(database))
    with Terminal.opslog(*words, env=settings.environment(), **WIDE) as terminal:
        terminal.wait_for("Today")
        terminal.press("f5")
        terminal.wait_for("Go on, ")
        terminal.press("enter")
        terminal.wait_for("Coming next")
        terminal.drain(0.5)  # what is imported while nobody waits
        yield terminal


def decision(settings: Settings) -> list[Figure]:
    """A verdict written durably, to the next card."""
    database = settings.folder / "round.db"
    keys = WARM_UP + settings.keys
    total = with_round(database, keys + 20)
    cards = settings.folder / "cards.json"
    cards.write_text(json.dumps(_cards(database, settings, keys, total)), encoding="utf-8")
    ours: list[float] = []
    theirs: list[float] = []
    syncs: list[float] = []
    for _ in range(settings.runs):
        with screening(_copy(database), settings) as terminal:
            ours += _decide(terminal, keys, total)
        with Terminal.python(
            "-m", "tests.bench.reference_card", str(cards), env=settings.environment(), **WIDE
        ) as terminal:
            terminal.wait_for(f"{total} left of {total}")
            terminal.drain(0.5)
            theirs += _decide(terminal, keys, total)
        syncs += bare_syncs(settings.folder, settings.keys)
    return [
        Figure(
            "decision",
            "a decision key to the next card, in the file",
            median(ours),
            median(theirs),
            "the same cards in a Textual app that writes nothing",
            goal=1.5,
            runs=len(ours),
            more={
                "p95": percentile(ours, 0.95),
                "p95 of the reference": percentile(theirs, 0.95),
                "p95 of a bare fsync": percentile(syncs, 0.95),
                "p50 of a bare fsync": median(syncs),
            },
        )
    ]


HELD = 30  # times a second that a key held down repeats


def held_key(settings: Settings) -> list[Figure]:
    """Keep, held down: how many cards the screen falls behind. Raises where one was lost."""
    database = settings.folder / "held.db"
    total = with_round(database, settings.held + 20)
    counter = re.compile(rb"(\d+) left of %d" % total)
    behind = decided = 0
    with screening(database, settings) as terminal:
        begun, seen = time.perf_counter(), len(terminal.raw)
        for pressed in range(settings.held):
            while (left := begun + pressed / HELD - time.perf_counter()) > 0:
                terminal.pump(left)
            drawn = counter.findall(_ESCAPES.sub(b"", terminal.raw[seen - OVERLAP :]))
            seen = len(terminal.raw)
            decided = total - int(drawn[-1]) if drawn else decided
            behind = max(behind, pressed - decided)
            terminal.press("enter")
        shown(terminal, f"{total - settings.held} left of {total}", 0)
    with sqlite3.connect(database) as con:
        kept = con.execute("SELECT count(*) FROM decision").fetchone()[0]
    if kept != settings.held:
        raise AssertionError(f"{settings.held} pressed, {kept} kept")
    return [
        Figure(
            "held-key",
            f"cards behind a key held down, {settings.held} of them",
            behind,
            2,
            "cards that a hand does not notice",
            goal=1.0,
            runs=1,
            unit="cards",
        )
    ]


def _decide(terminal: Terminal, keys: int, total: int) -> list[float]:
    times = [
        shown_after(terminal, DECISIONS[number % 2], f"{total - number - 1} left of {total}")
        for number in range(keys)
    ]
    return times[WARM_UP:]


def _cards(database: Path, settings: Settings, keys: int, total: int) -> list[list[str]]:
    """The screens that the decisions lead to, to be drawn by the reference."""
    found = []
    with screening(_copy(database), settings) as terminal:
        found.append(terminal.lines())
        for number in range(keys):
            left = total - number - 1
            shown_after(terminal, DECISIONS[number % 2], f"{left} left of {total}")
            found.append(terminal.lines())
    return found


def bare_syncs(folder: Path, number: int) -> list[float]:
    """Seconds to append a page to a file and sync it, on the disk that is measured."""
    times = []
    with (folder / "bare").open("wb", buffering=0) as file:
        for _ in range(number):
            file.write(b"x" * 4096)
            started = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - started)
    return times


def _copy(database: Path) -> Path:
    """A copy to write in; the file is closed, so it is whole."""
    target = database.with_name("copy.db")
    for leftover in database.parent.glob("copy.db*"):
        leftover.unlink()
    return Path(shutil.copyfile(database, target))


def arrow(settings: Settings) -> list[Figure]:
    """The down key in the list of all people, at rest and while a list comes in elsewhere."""
    database = settings.folder / "people.db"
    with_people(database, settings.people)
    incoming = write_list(settings.folder / "incoming.csv", settings.people, seed=3)
    with Terminal.opslog("--db", str(database), env=settings.environment()) as terminal:
        terminal.wait_for("Today")
        terminal.press("f7")
        terminal.drain(1.0)
        idle = _arrows(terminal, settings.keys * settings.runs, lambda: True)
        importing = subprocess.Popen(
            opslog("--db", str(database), "import", str(incoming), "--event", "1"),
            env=settings.environment(),
            stdout=subprocess.DEVNULL,
        )
        busy = _arrows(terminal, settings.keys * settings.runs, lambda: importing.poll() is None)
        if importing.wait():
            raise RuntimeError("the import failed")
    return [
        Figure(
            "arrow",
            f"down key among {settings.people:,} people while a list comes in, p95",
            percentile(busy, 0.95),
            percentile(idle, 0.95),
            "the same at rest",
            runs=len(busy),
            more={"p50": median(busy), "p50 at rest": median(idle)},
        )
    ]


def _arrows(terminal: Terminal, keys: int, going: Callable[[], bool]) -> list[float]:
    times: list[float] = []
    while len(times) < keys and (going() or not times):
        times.append(drawn_after(terminal, "down"))
    return times
