"""Two opslogs on one file: both write, each shows what the other did, cursors stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from opslog.tui.frame.app import POLL_SECONDS
from tests.bench.lists import with_round
from tests.pty.running import add, under_cursor
from tests.pty.terminal import Terminal, environment


def on_log(path: Path) -> Terminal:
    """The log of ``path`` on screen."""
    terminal = Terminal.opslog("--db", str(path), env=environment(path.parent))
    terminal.wait_for("F3 Log")
    terminal.press("f3")
    terminal.wait_for("today")
    return terminal


def test_a_line_added_in_another_terminal_shows_up_with_the_cursor_kept(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    for number in range(4):
        add(path, f"line number {number}")
    assert POLL_SECONDS <= 0.5, "within a second, drawing included"
    with on_log(path) as terminal:
        terminal.wait_for("line number 0")
        terminal.press("down", "down")
        terminal.wait_for(lambda _text: "line number 1" in under_cursor(terminal))
        add(path, "from the shell [/red]")
        terminal.wait_for("from the shell [/red]")
        assert "line number 1" in under_cursor(terminal)


def test_what_is_being_typed_stays_when_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    add(path, "the first line")
    with on_log(path) as terminal:
        terminal.press("a", *"half a sent")
        terminal.wait_for("half a sent")
        add(path, "from the shell")
        terminal.wait_for("from the shell")
        terminal.press(*"ence", "enter")
        terminal.wait_for("Logged: half a sentence")


def test_two_uis_write_and_each_undoes_its_own(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    add(path, "before both")
    with on_log(path) as left, on_log(path) as right:
        for number in range(3):
            for name, terminal in (("left", left), ("right", right)):
                terminal.press("a", *f"{name} {number}", "enter")
                terminal.wait_for(f"Logged: {name} {number}")
        for terminal in (left, right):
            for number in range(3):
                terminal.wait_for(f"left {number}")
                terminal.wait_for(f"right {number}")
        left.press("ctrl+z")
        left.wait_for("Undone: Logged: left 2")
        right.wait_for(lambda text: "left 2" not in text)
        right.press("ctrl+z")
        right.wait_for("Undone: Logged: right 2")
        for terminal in (left, right):
            terminal.press("ctrl+q")
            assert terminal.wait() == 0
    with closing(sqlite3.connect(path)) as con:
        found = [row[0] for row in con.execute("SELECT text FROM log ORDER BY id")]
    assert found == ["before both", "left 0", "right 0", "left 1", "right 1"]


def test_two_uis_in_the_same_round_lose_no_verdict(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    total = with_round(path, 20)
    env = environment(tmp_path)
    with (
        Terminal.opslog("--db", str(path), env=env) as left,
        Terminal.opslog("--db", str(path), env=env) as right,
    ):
        for terminal in (left, right):
            terminal.wait_for("Today")
            terminal.press("f5")
            terminal.wait_for("signed up")
            terminal.press("enter")
            terminal.wait_for(f"{total} left of {total}")
        left.press("5", "5", "5")
        left.wait_for(f"{total - 3} left of {total}")
        right.wait_for(f"{total - 3} left of {total}")
        right.press("enter")
        right.wait_for("Kept")
        left.press("ctrl+q")
        right.press("ctrl+q")
        assert (left.wait(), right.wait()) == (0, 0)
    with closing(sqlite3.connect(path)) as con:
        verdicts = [row[0] for row in con.execute("SELECT verdict FROM decision ORDER BY id")]
    assert verdicts == ["drop", "drop", "drop", "keep"]
