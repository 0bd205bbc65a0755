"""A slow disk may delay a screen; it never loses or reorders a key."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from opslog.services.book.book import open_book
from tests.bench.lists import with_round
from tests.crash.test_triage_killed import REASONS
from tests.crash.whole import reopened
from tests.pty.terminal import Terminal, environment

KEYS = 60


def slow(path: Path) -> Terminal:
    """opslog on ``path``, each commit held up."""
    env = environment(path.parent)
    return Terminal.python("-m", "tests.crash.slow_disk", "--db", str(path), env=env)


def test_verdicts_typed_faster_than_the_disk_are_all_there_in_order(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    total = with_round(path, KEYS)
    chance = random.Random(2)
    keys = [chance.choice(["enter", *REASONS]) for _ in range(KEYS)]
    with slow(path) as terminal:
        terminal.wait_for("Today")
        terminal.press("f5")
        terminal.wait_for("signed up")
        terminal.press("enter")
        terminal.wait_for(f"{total} left of {total}")
        terminal.press(*keys)
        terminal.wait_for(f"{total - KEYS} left of {total}")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    with reopened(path) as con:
        found = con.execute("SELECT verdict, reason FROM decision ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [
        ("keep", "") if key == "enter" else ("drop", REASONS[key]) for key in keys
    ]


def test_verdict_and_undo_typed_ahead_come_in_that_order(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    total = with_round(path, 12)
    with slow(path) as terminal:
        terminal.wait_for("Today")
        terminal.press("f5")
        terminal.wait_for("signed up")
        terminal.press("enter")
        terminal.wait_for(f"{total} left of {total}")
        terminal.press("1", "2", "ctrl+z", "3", "ctrl+z", "4")
        terminal.wait_for(f"{total - 2} left of {total}")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    with reopened(path) as con:
        held = con.execute("SELECT reason FROM decision ORDER BY id").fetchall()
        states = con.execute("SELECT state FROM change WHERE label LIKE 'Dropped%' ORDER BY id")
        assert [row["reason"] for row in held] == ["colleague", "made_up"]
        assert [row["state"] for row in states] == ["done", "dropped", "dropped", "done"]


def test_lines_typed_ahead_are_all_in_the_log_letter_by_letter(tmp_path: Path) -> None:
    path = tmp_path / "opslog.db"
    open_book(path).close()
    lines = [f"回访 {number} 号客户, quick brown fox {number}" for number in range(6)]
    with slow(path) as terminal:
        terminal.wait_for("Today")
        for line in lines:
            terminal.press("a", *line, "enter")
        with closing(sqlite3.connect(path)) as con:
            terminal.wait_for(
                lambda _text: con.execute("SELECT count(*) FROM log").fetchone()[0] == len(lines)
            )
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    with reopened(path) as con:
        found = [row["text"] for row in con.execute("SELECT text FROM log ORDER BY id")]
    assert found == lines
