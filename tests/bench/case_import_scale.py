"""Imports beside other work: ``import-memory``, and ``arrow-import`` at the keyboard."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.bench.case_keys import WARM_UP, drawn_after
from tests.bench.crowd import NEWEST, fill
from tests.bench.lists import with_event
from tests.bench.measuring import Figure, Settings, median, opslog, percentile, python
from tests.bench.people import write_list
from tests.pty.terminal import Terminal

MOST = 200.0  # MB an import may hold
TAKE = b"\x0f"  # ctrl+o, as F10
LONG = 600.0  # seconds a dry run may take before it is given up
MB = 1e6


def import_memory(settings: Settings) -> list[Figure]:
    """The most an import holds at once; with ten times the rows only where asked for."""
    few, many = settings.people, 10 * settings.people
    peak = _peak(settings, few)
    found = [
        Figure(
            "import-memory",
            f"peak memory of opslog import, {few:,} rows",
            peak,
            MOST,
            "what it may hold",
            goal=1.0,
            runs=1,
            unit="MB",
        )
    ]
    if settings.named:
        later = _peak(settings, many)
        found.append(
            Figure(
                "import-memory-flat",
                f"peak memory of opslog import, {many:,} rows",
                later,
                peak,
                f"the same with {few:,} rows",
                goal=1.1,
                runs=1,
                more={"what it may hold": MOST},
                unit="MB",
            )
        )
    return found


def _peak(settings: Settings, rows: int) -> float:
    """MB."""
    database = settings.folder / f"memory-{rows}.db"
    event = with_event(database)
    path = write_list(settings.folder / f"memory-{rows}.csv", rows)
    words = opslog("--db", str(database), "import", str(path), "--event", str(event))
    done = subprocess.run(
        python("-m", "tests.bench.peak", *words),
        env=settings.environment(),
        stdout=subprocess.PIPE,
    )
    if done.returncode:
        raise RuntimeError(f"the import of {path} failed")
    path.unlink()
    for leftover in settings.folder.glob(f"memory-{rows}.db*"):
        leftover.unlink()
    return int(done.stdout) / MB


def arrow_import(settings: Settings) -> list[Figure]:
    """The down key among all people while the wizard takes a list in, in its own process."""
    database = settings.folder / "people.db"
    fill(database, settings.people)
    with_event(database)
    incoming = write_list(settings.folder / "incoming.csv", settings.people, seed=3)
    with Terminal.opslog("--db", str(database), env=settings.environment()) as terminal:
        terminal.wait_for("Today")
        terminal.drain(1.0)
        _ready_to_import(terminal, incoming)
        _to_people(terminal)
        idle = [drawn_after(terminal, "down") for _ in range(settings.keys * settings.runs)]
        terminal.press("f5")
        terminal.drain(0.3)
        terminal.press("home", "enter")  # what was left half set up stands first
        terminal.wait_for("would come in like this")
        terminal.send(TAKE)
        _to_people(terminal)
        busy: list[float] = []
        while not busy or not _is_in(database):
            busy += [drawn_after(terminal, key) for key in ("down", "up") * 3]  # never at the end
    return [
        Figure(
            "arrow-import",
            f"down key among {settings.people:,} people while as many come in, p95",
            percentile(busy, 0.95),
            percentile(idle, 0.95),
            "the same at rest",
            goal=1.5,
            runs=len(busy),
            more={"p50": median(busy), "p50 at rest": median(idle)},
        )
    ]


def _ready_to_import(terminal: Terminal, path: Path) -> None:
    """The wizard, with what would happen worked out: one key from taking the list in."""
    terminal.press("f5")
    terminal.drain(0.3)
    terminal.press("n")
    terminal.wait_for("Which list?")
    terminal.send(str(path).encode())
    terminal.drain(0.3)
    terminal.press("enter")
    terminal.wait_for("would come in like this", patience=LONG)


def _to_people(terminal: Terminal) -> None:
    terminal.press("f7")
    terminal.drain(0.1)
    terminal.press("home")
    terminal.wait_for(NEWEST)
    terminal.drain(0.3)
    for _ in range(WARM_UP):
        drawn_after(terminal, "down")


def _is_in(database: Path) -> bool:
    """Whether the list is committed, as any other program would see it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as con:
        return bool(con.execute("SELECT count(*) FROM roster_file").fetchone()[0])


def resident(pid: int) -> float:
    """MB a process holds now."""
    if sys.platform == "linux":
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MB
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True)
    return int(said.stdout) * 1024 / MB
