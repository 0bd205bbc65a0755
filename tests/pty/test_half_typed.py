"""What is typed survives the window, hung up, ended or broken: the next start takes it up."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from opslog.services.book import drafts
from opslog.services.book.book import Book, open_book
from opslog.services.daybook import lines as log_lines
from opslog.services.events import events
from opslog.services.people import card as people
from tests.conftest import MONDAY, StandingClock
from tests.pty.terminal import Terminal, environment
from tests.pty.waiting import wait_until
from tests.services.lists import make_person

Step = tuple[str | Sequence[str], str]  # keys, and what must then be on the screen
NOW = MONDAY.isoformat()

# What is opened and typed; what shows when it is taken up; what is in the file after Enter.
WAYS: dict[str, tuple[list[Step], str, Callable[[Book], object]]] = {
    "line": (
        [("a", "Enter write"), ("call about the offer", "offer")],
        "call about the offer",
        lambda book: "call about the offer" in [line.text for line in log_lines.lines(book)],
    ),
    "note": (
        [
            (["f7"], "Wang"),
            (["enter"], "Wang"),
            ("m", "Note on"),
            ("met at the fair", "fair"),
        ],
        "met at the fair",
        lambda book: people.get(book, 1).note == "met at the fair",
    ),
    "form": (
        [
            (["f4"], "No event"),
            ("n", "New event"),
            (["Salon", "tab", "2026-12-05 14:00"], "Enter save"),
            (["tab"] * 7, "Enter save"),
            ("the old mill", "the old mill"),
        ],
        "the old mill",
        lambda book: (
            [(row.name, row.place) for row in events.listing(book)] == [("Salon", "the old mill")]
        ),
    ),
    "prompt": (
        [
            (["f3"], "ask again"),
            ("r", "Move “"),
            ("12-07", "12-07"),
        ],
        "12-07",
        lambda book: (
            book.con.execute("SELECT due_at FROM follow_up").fetchone()[0][:10] == "2026-12-07"
        ),
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "opslog.db"
    with closing(open_book(path, clock=StandingClock(MONDAY))) as book:
        make_person(book, "Wang")
        log_lines.add(book, "ask again >fri")
    return path


def crash(path: Path) -> Path:
    return path.with_name("crash")


def started(path: Path, program: str = "opslog") -> Terminal:
    env = environment(path.parent, OPSLOG_NOW=NOW, CRASH=str(crash(path)))
    return Terminal.python("-m", program, "--db", str(path), env=env)


@pytest.mark.parametrize(
    ("way", "end"),
    [
        *((way, end) for way in WAYS for end in ("SIGHUP", "window", "crash", "SIGKILL")),
        ("line", "SIGTERM"),
    ],
)
def test_half_typed_is_taken_up(path: Path, way: str, end: str) -> None:
    steps, shows, entered = WAYS[way]
    with started(path, "tests.pty.half_typed") as terminal:
        terminal.wait_for("F1 Help")
        for keys, then in steps:
            terminal.press(*keys)
            terminal.wait_for(then)
        if end == "SIGKILL":  # a moment after the last key
            wait_until(lambda: shows in being_typed(path), "its note", poll=terminal.pump)
            assert terminal.kill() == -9
        else:
            ended(terminal, end, path)
    with started(path) as terminal:
        terminal.wait_for("H takes up or drops what was half-written")
        terminal.press("H")
        terminal.wait_for("Typed and not entered")
        terminal.press("enter")
        terminal.wait_for("typed before")
        assert shows in terminal.text
        terminal.press("enter")
        terminal.wait_for("Undo")
        terminal.wait_for(lambda text: "typed before" not in text)
        terminal.press("ctrl+q")
        terminal.wait()
    with closing(open_book(path)) as book:
        assert entered(book)
        assert drafts.waiting(book) == []
    assert being_typed(path) == "", "nothing of it lies about"


def being_typed(path: Path) -> str:
    """What is noted of windows beside the file."""
    return "".join(one.read_text() for one in path.parent.glob(f"{path.name}-typing-*"))


def ended(terminal: Terminal, end: str, path: Path) -> None:
    if end == "window":
        terminal.hang_up()
        terminal.wait()
    elif end == "crash":
        crash(path).touch()
        assert terminal.wait() == 1
        said = " ".join(terminal.raw.decode(errors="replace").split())
        assert "broken on purpose" in said
        assert "What was half typed is kept, and offered at the next start." in said
    else:
        number = getattr(signal, end)
        os.kill(terminal.pid, number)
        assert terminal.wait() == 128 + number


def test_a_locked_file_at_the_end_of_the_window(path: Path) -> None:
    with closing(open_book(path)) as other, started(path) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("a", *"half a line")
        terminal.wait_for("half a line")
        other.con.execute("BEGIN IMMEDIATE")
        ended(terminal, "SIGTERM", path)
        side = drafts.side_file(path)
        assert side.stat().st_mode & 0o777 == 0o600
        other.con.execute("ROLLBACK")
    with started(path) as terminal:
        terminal.wait_for("half-written: Log a line “half a line”")
        assert not side.exists()
